// A stack that does not exist.
const pulumi = require("@pulumi/pulumi");

new pulumi.StackReference("organization/shop/nowhere");
