// A package that no provider serves.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

new pulumi.CustomResource("other:index:Thing", "a", {});
