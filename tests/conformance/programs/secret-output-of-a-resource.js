// What comes back from a secret input is secret too.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", { key: pulumi.secret("hunter2") });
exports.key = a.key;
class Keyed extends Thing {}
