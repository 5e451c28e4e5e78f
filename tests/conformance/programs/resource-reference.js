// A resource as an input of another.
const { Thing, Group } = require("./lib");

const a = new Thing("a", {});
const g = new Group("g", () => {});
new Thing("b", { thing: a, list: [a], group: g });
