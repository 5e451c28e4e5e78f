// Configuration of every type.
const pulumi = require("@pulumi/pulumi");
require("./lib");

const config = new pulumi.Config();
const other = new pulumi.Config("other");
exports.text = config.require("text");
exports.number = config.requireNumber("number");
exports.flag = config.requireBoolean("flag");
exports.object = config.requireObject("object");
exports.missing = config.get("missing") ?? "default";
exports.other = other.get("text");
exports.project = pulumi.getProject();
exports.stack = pulumi.getStack();
exports.organization = pulumi.getOrganization();
exports.preview = pulumi.runtime.isDryRun();
