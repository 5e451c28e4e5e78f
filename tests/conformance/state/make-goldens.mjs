// node make-goldens.mjs [FOLDER]: writes the golden deployments, the same bytes every time. For each one:
//   NAME.checkpoint.json  as the official file backend keeps it
//   NAME.export.json      as `pulumi stack export` prints it
//   NAME.shown.json       as `pulumi stack export --show-secrets` prints it
//   NAME.secrets.json     what must be found behind the secrets, by place
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encrypted, magic, salt, secretsOf, shown } from "./format.mjs";
import { goldens } from "./deployments.mjs";

const folder = process.argv[2] ?? join(import.meta.dirname, "golden");
mkdirSync(folder, { recursive: true });
const write = (name, value) => writeFileSync(join(folder, `${name}.json`), JSON.stringify(value, null, 2) + "\n");

for (const [name, { manifest = {}, bare = false, ...content }] of Object.entries(goldens)) {
  const version = manifest.version ?? "v3.259.0";
  const deployment = {
    manifest: { time: "2026-03-01T09:30:00.123456789Z", magic: magic(version), version, ...manifest },
    ...(bare ? {} : { secrets_providers: { type: "passphrase", state: { salt } } }),
    ...content,
  };
  const latest = encrypted(deployment, name);
  write(`${name}.checkpoint`, { version: 3, checkpoint: { stack: "organization/shop/dev", latest } });
  write(`${name}.export`, { version: 3, deployment: latest });
  write(`${name}.shown`, { version: 3, deployment: shown(deployment) });
  write(`${name}.secrets`, Object.fromEntries(secretsOf(deployment)));
}

// What `pulumi stack init` leaves: a stack that nothing was deployed to yet.
write("fresh.checkpoint", { version: 3, checkpoint: { stack: "organization/shop/dev" } });
