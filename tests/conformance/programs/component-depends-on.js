// To depend on a component is to depend on everything in it.
const { Thing, Group } = require("./lib");

const g = new Group("g", parent => {
  new Thing("a", {}, { parent });
  new Group("deep", inner => { new Thing("b", {}, { parent: inner }); }, { parent });
});
new Thing("after", {}, { dependsOn: g });
