// A method of a component provider is refused by name.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
exports.result = pulumi.runtime.call("fake:index:Thing/describe", {}, a);
