// A function that waits for a resource.
const pulumi = require("@pulumi/pulumi");
const { Thing, echo } = require("./lib");

const a = new Thing("a", {});
exports.result = pulumi.runtime.invokeOutput("fake:index:echo", { x: 1 }, { dependsOn: [a] });
