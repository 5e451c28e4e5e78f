// An error about one resource.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
throw new pulumi.ResourceError("it is too small", a, true);
