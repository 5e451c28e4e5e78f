// A secret of the configuration on its way into the state.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const key = new pulumi.Config().requireSecret("key");
const a = new Thing("a", { key, nested: { list: [key, "open"] } });
exports.key = key;
exports.derived = key.apply(k => k.length);
new Thing("b", { of: a.address });
