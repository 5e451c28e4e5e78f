// An order that no value makes.
const { Thing } = require("./lib");

const a = new Thing("a", {});
const b = new Thing("b", {});
new Thing("c", {}, { dependsOn: [a, b] });
