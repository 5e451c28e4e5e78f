// An output that another stack does not have.
const pulumi = require("@pulumi/pulumi");

const base = new pulumi.StackReference("organization/shop/base");
exports.missing = base.requireOutput("missing");
