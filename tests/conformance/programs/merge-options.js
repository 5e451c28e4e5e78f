// Options put together.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
new Thing("b", {}, pulumi.mergeOptions({ dependsOn: a, ignoreChanges: ["size"], protect: true }, { ignoreChanges: ["color"], protect: false }));
