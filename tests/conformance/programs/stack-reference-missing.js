// A stack that does not exist.
const pulumi = require("@pulumi/pulumi");
require("./lib");

new pulumi.StackReference("organization/shop/nowhere");
