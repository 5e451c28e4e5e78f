// A function that does not exist.
const pulumi = require("@pulumi/pulumi");

require("./lib");
exports.result = pulumi.runtime.invoke("fake:index:nothing", {});
