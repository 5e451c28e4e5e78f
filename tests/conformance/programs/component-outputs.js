// What a component registers as its outputs.
const pulumi = require("@pulumi/pulumi");
const { Thing, Group } = require("./lib");

const g = new Group("g", parent => {
  const a = new Thing("a", {}, { parent });
  return { address: a.address, secret: pulumi.secret("hush"), list: [1, a.id] };
});
exports.urn = g.urn;
