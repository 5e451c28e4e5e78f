// The official deployment format, written a second time from its description: nothing here knows the engine. Node's own crypto judges the engine's.
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";

export const passphrase = "correct horse battery staple";

const signatureKey = "4dabf18193072939515e22adb298388d";
const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  reference: "5cf8f73096256a8f31e491e813e4eb8e",
  float: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
};

// A salt that the official CLI made. Salt and nonce of its probe are fixed, so that making it again must give the same text: a check of this file.
export const salt = "v1:h3s5Ym+HVX8=:v1:LrARr8n0pNBJJ9Sn:m4KjrwfKxD3CDC0g4WFPzzonKcE71w==";

const keyOf = (saltText) => pbkdf2Sync(passphrase, Buffer.from(saltText.split(":")[1], "base64"), 1_000_000, 32, "sha256");
const key = keyOf(salt);
const hash = (text) => createHash("sha256").update(text).digest();

function seal(text, nonce) {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return `v1:${nonce.toString("base64")}:${Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64")}`;
}

function open(opener, sealed) {
  const [version, nonce, body] = sealed.split(":");
  if (version !== "v1") throw new Error(`not a v1 ciphertext: ${sealed}`);
  const bytes = Buffer.from(body, "base64");
  const cipher = createDecipheriv("aes-256-gcm", opener, Buffer.from(nonce, "base64"));
  cipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]).toString("utf8");
}

const probe = salt.split(":");
if (probe.slice(0, 2).join(":") + ":" + seal("pulumi", Buffer.from(probe[3], "base64")) !== salt) {
  throw new Error("the recorded salt cannot be made again");
}

class Secret {
  constructor(value) {
    this.value = value;
  }
}

export const secret = (value) => new Secret(value);
const signed = (signature, members) => ({ [signatureKey]: signature, ...members });
export const asset = (members) => signed(signatures.asset, members);
export const archive = (members) => signed(signatures.archive, members);
export const reference = (members) => signed(signatures.reference, members);
export const textHash = (text) => hash(text).toString("hex");
export const magic = (version) => hash(version).toString("hex");

/** A number that JSON does not know, by its bits. */
export function specialFloat(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return signed(signatures.float, { value: bytes.toString("hex") });
}

const sorted = (_, value) => value === null || Array.isArray(value) || typeof value !== "object" ? value
  : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

// As the official writer's JSON library does: names in order, and these characters escaped.
const jsonText = (value) => JSON.stringify(value, sorted).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Walks a value and lets `onSecret` write the outermost secrets. */
function write(value, place, onSecret) {
  if (value instanceof Secret) return onSecret(value, place);
  if (Array.isArray(value)) return value.map((item, index) => write(item, `${place}/${index}`, onSecret));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, write(item, `${place}/${name}`, onSecret)]));
}

/** What a secret holds, without marks of secrets inside. */
const plain = (value) => write(value, "", (inner) => plain(inner.value));

/** With ciphertexts. A secret inside a secret keeps its mark, but is not encrypted twice. */
export const encrypted = (deployment, name) => write(deployment, "", (item, place) => {
  const inside = (value) => write(value, place, (inner) => signed(signatures.secret, { ciphertext: jsonText(inside(inner.value)) }));
  return signed(signatures.secret, { ciphertext: seal(jsonText(inside(item.value)), hash(`${name}${place}`).subarray(0, 12)) });
});

/** With secrets in clear. */
export const shown = (deployment) => write(deployment, "", function clear(item, place) {
  return signed(signatures.secret, { plaintext: jsonText(write(item.value, place, clear)) });
});

/** What must be found at the places of secrets, as [place, value]. */
export function secretsOf(deployment) {
  const found = [];
  write(deployment, "", (item, place) => {
    found.push([place, plain(item.value)]);
    return null;
  });
  return found;
}

/** Takes a deployment that somebody else wrote and puts its secrets in clear. */
export function reveal(deployment) {
  const provider = deployment.secrets_providers;
  if (provider && provider.type !== "passphrase") throw new Error(`secrets provider ${provider.type}`);
  const opener = provider && keyOf(provider.state.salt);
  if (provider && open(opener, provider.state.salt.split(":").slice(2).join(":")) !== "pulumi") throw new Error("the salt does not hold the probe");
  return (function walk(value) {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== "object") return value;
    return value[signatureKey] === signatures.secret && "ciphertext" in value
      ? signed(signatures.secret, { plaintext: open(opener, value.ciphertext) })
      : Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item)]));
  })(deployment);
}
