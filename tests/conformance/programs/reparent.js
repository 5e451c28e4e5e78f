// A resource moves into a component.
const pulumi = require("@pulumi/pulumi");
const { Thing, Group, phase } = require("./lib");

if (phase === 1) new Thing("a", {});
else new Group("g", parent => { new Thing("a", {}, { parent, aliases: [{ parent: pulumi.rootStackResource }] }); });
