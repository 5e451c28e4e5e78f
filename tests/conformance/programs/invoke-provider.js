// A function of the program's own provider.
const pulumi = require("@pulumi/pulumi");
const { Provider, echo } = require("./lib");

const provider = new Provider("p", { zone: "north" });
exports.result = pulumi.runtime.invokeOutput("fake:index:echo", { x: 1 }, { provider });
