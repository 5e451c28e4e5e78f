// An error that the program means for its user.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

new Thing("a", {});
throw new pulumi.RunError("give me a size");
