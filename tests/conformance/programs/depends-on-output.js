// Dependencies that are values themselves.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
new Thing("b", {}, { dependsOn: pulumi.output([a]) });
new Thing("c", {}, { dependsOn: Promise.resolve(a) });
