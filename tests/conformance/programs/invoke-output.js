// A function whose arguments are values.
const pulumi = require("@pulumi/pulumi");
const { Thing, echo } = require("./lib");

const a = new Thing("a", {});
exports.result = pulumi.runtime.invokeOutput("fake:index:echo", { of: a.address });
