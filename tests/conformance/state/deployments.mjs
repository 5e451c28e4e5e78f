// The deployments, by what they show. All are the stack "dev" of the project "shop", with the provider "fake" of the engine's tests.
import { archive, asset, reference, secret, specialFloat, textHash } from "./format.mjs";

const stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const urn = (type, name) => `urn:pulumi:dev::shop::${type}::${name}`;
const thing = (name) => urn("fake:index:Thing", name);
const times = { created: "2026-03-01T09:29:05.000000001Z", modified: "2026-03-01T09:29:59.987654321Z" };

const stackResource = (outputs) => ({ urn: stack, custom: false, type: "pulumi:pulumi:Stack", ...(outputs && { outputs }), ...times });
const providerUrn = urn("pulumi:providers:fake", "default_1_2_3");
const provider = `${providerUrn}::7b0c1a52-0000-4000-8000-000000000001`;
const providerResource = {
  urn: providerUrn, custom: true, id: "7b0c1a52-0000-4000-8000-000000000001", type: "pulumi:providers:fake",
  inputs: { __internal: {}, version: "1.2.3" }, outputs: { version: "1.2.3" }, ...times,
};

/** A resource of the provider; its outputs are the inputs and an address, as the provider has it. */
function resource(name, { inputs = {}, ...rest } = {}) {
  const all = { name, ...inputs };
  return {
    urn: thing(name), custom: true, id: name, type: "fake:index:Thing",
    inputs: all, outputs: { ...all, address: `https://${name}` },
    parent: stack, provider, propertyDependencies: Object.fromEntries(Object.keys(all).map((key) => [key, []])), ...times, ...rest,
  };
}

const groupUrn = urn("my:index:Group", "web");
const baseUrn = "urn:pulumi:dev::shop::my:index:Group$fake:index:Thing::base";
const ownUrn = urn("pulumi:providers:fake", "own");
const own = `${ownUrn}::7b0c1a52-0000-4000-8000-000000000002`;

/** Every field of a resource that an update leaves behind, in a stack where nothing is left to do. */
const settled = {
  resources: [
    stackResource({ key: secret("s3cret <&>"), mixed: { list: [1, secret({ deep: [true, null, "x"] })] }, siteUrl: "https://x" }),
    providerResource,
    { urn: groupUrn, custom: false, type: "my:index:Group", inputs: { size: 2 }, outputs: { address: "https://web" }, parent: stack, ...times },
    {
      urn: ownUrn, custom: true, id: "7b0c1a52-0000-4000-8000-000000000002", type: "pulumi:providers:fake",
      inputs: { __internal: {}, region: "west", token: secret("t0ken") }, outputs: { region: "west", token: secret("t0ken") },
      parent: stack, propertyDependencies: { region: [], token: null }, ...times,
    },
    {
      ...resource("base", { inputs: { key: secret("hunter2"), tags: { a: "1", b: secret("two") } } }),
      urn: baseUrn, outputs: { name: "base", key: secret("hunter2"), tags: { a: "1", b: secret("two") }, address: secret("https://base") },
      parent: groupUrn, protect: true, additionalSecretOutputs: ["address"],
      customTimeouts: { create: 1800, update: 90.5, delete: 60 }, sourcePosition: "project:///index.ts#3,4",
    },
    resource("child", {
      inputs: { note: "n", size: 3, zone: "east" }, provider: own, dependencies: [baseUrn], propertyDependencies: { name: [], note: null, size: [baseUrn], zone: [] },
      deletedWith: baseUrn, retainOnDelete: true, ignoreChanges: ["size"], replaceOnChanges: ["zone"], hideDiff: ["note"], replacementTrigger: "first",
    }),
    resource("adopted", { importID: "adopted" }),
    resource("found", { external: true, propertyDependencies: undefined }),
  ],
  metadata: {},
};

const text = "naïve 日本語 🚀 \u0000 \u2028 \" \\ / \t\n <b>&amp;</b>";

/** What a value can be. */
const values = {
  resources: [
    stackResource({ reference: reference({ urn: thing("plain"), id: "plain", packageVersion: "1.2.3" }), group: reference({ urn: groupUrn, packageVersion: "" }), secret: secret(null) }),
    providerResource,
    { urn: groupUrn, custom: false, type: "my:index:Group", parent: stack, ...times },
    resource("plain", {
      inputs: {
        empty: "", emptyList: [], emptyMap: {}, text, "key with . [0] \" and ü": true, no: false, nothing: [null, { inner: null }],
        zero: 0, negative: -17, half: 0.5, tiny: 5e-324, huge: 1.7976931348623157e308, safe: 9007199254740991, beyond: 12345678901234567000, long: 0.1 + 0.2,
        like: { json: "{\"a\":1}", number: "007", date: "2026-03-01T09:30:00Z", secure: { secure: "v1:not:one" } },
        infinite: specialFloat(Infinity), below: specialFloat(-Infinity),
      },
    }),
    resource("files", {
      inputs: {
        inline: asset({ hash: textHash("hello"), text: "hello" }),
        remote: asset({ hash: textHash("remote"), uri: "https://x/y.txt" }),
        file: asset({ hash: textHash("from disk\n"), path: "./disk.txt" }),
        bundle: archive({ hash: textHash("b"), assets: { "a/b.txt": asset({ hash: textHash("x"), text: "x" }), more: archive({ hash: textHash("p"), path: "./folder" }) } }),
        zipped: archive({ hash: textHash("z"), uri: "https://x/y.zip" }),
      },
    }),
    resource("hidden", {
      inputs: {
        bool: secret(true), list: [secret(1), [secret("two"), "three"]], map: secret({ text, nothing: null, list: [] }), nothing: secret(null), number: secret(0.25),
        refer: secret({ to: reference({ urn: thing("plain"), id: "plain", packageVersion: "1.2.3" }) }), text: secret(text), twice: secret({ again: secret("inner"), list: [secret({ third: secret(3) })] }),
      },
    }),
  ],
  pending_operations: [],
  metadata: {},
};

/** What a run that was killed, or failed, leaves behind. */
const interrupted = {
  resources: [
    stackResource(),
    providerResource,
    resource("old", { id: "old-1", inputs: { name: "old-1", key: secret("old") }, outputs: { name: "old-1", key: secret("old"), address: "https://old-1" }, delete: true }),
    resource("old", { id: "old-2", inputs: { name: "old-2", key: secret("new") }, outputs: { name: "old-2", key: secret("new"), address: "https://old-2" } }),
    resource("gone", { pendingReplacement: true }),
    resource("sick", { initErrors: ["it is sick", "very"] }),
    resource("moved", { aliases: [thing("before")] }),
    resource("stays"),
    resource("leaves"),
  ],
  pending_operations: [
    { resource: { ...resource("begun", { inputs: { key: secret("pending") } }), id: undefined, outputs: undefined, created: undefined, modified: undefined }, type: "creating" },
    { resource: resource("stays", { inputs: { size: 2 } }), type: "updating" },
    { resource: resource("leaves"), type: "deleting" },
    { resource: resource("looked", { external: true }), type: "reading" },
    { resource: { ...resource("brought", { importID: "brought" }), outputs: undefined }, type: "importing" },
  ],
  metadata: { integrity_error: { version: "v3.258.0", command: "pulumi up", error: "it was so" } },
};

/** As an older CLI wrote it: no secrets, a time with an offset, no times at resources, neither pending operations nor metadata. */
const older = {
  bare: true,
  manifest: {
    time: "2021-11-05T18:30:00.5+02:00", version: "v3.17.0",
    plugins: [{ name: "fake", path: "/plugins/fake", type: "resource", version: "1.2.3" }, { name: "nodejs", path: "/bin/nodejs", type: "language", version: "3.17.0" }],
  },
  resources: [
    { urn: stack, custom: false, type: "pulumi:pulumi:Stack" },
    { ...providerResource, created: undefined, modified: undefined },
    { ...resource("plain"), created: undefined, modified: undefined },
  ],
};

/** Fields that nobody has told us of, which must not be lost. */
const unknown = {
  resources: [
    stackResource(),
    providerResource,
    resource("plain", { futureFlag: true, futureMap: { a: [1, null, "x"], b: { c: 0.5 } }, futureNull: null, stackTrace: [{ sourcePosition: "project:///a.ts#1,2" }] }),
  ],
  pending_operations: [{ resource: resource("begun", { id: undefined, outputs: undefined, futureText: "y" }), type: "creating", futureReason: { why: "x" } }],
  metadata: { futureMetadata: [1] },
  futureList: [{ a: 1 }],
  futureText: "z",
};

export const goldens = { settled, values, interrupted, older, unknown };
