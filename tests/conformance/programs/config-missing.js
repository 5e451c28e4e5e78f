// A setting that is missing.
const pulumi = require("@pulumi/pulumi");
require("./lib");

new pulumi.Config().require("size");
