// One name twice, below parents of different types.
const { Thing, Group } = require("./lib");

const b = new Thing("b", {});
new Group("g", parent => { new Thing("a", { name: "one" }, { parent }); });
new Thing("a", { name: "two" }, { parent: b });
