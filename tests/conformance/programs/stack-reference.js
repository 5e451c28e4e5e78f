// Outputs of another stack.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const base = new pulumi.StackReference("organization/shop/base");
exports.url = base.getOutput("url");
exports.list = base.requireOutput("list");
exports.secret = base.getOutput("secret");
exports.missing = base.getOutput("missing");
new Thing("a", { of: base.getOutput("url"), key: base.getOutput("secret") });
