// A resource fails: what needs it is left, the rest is made.
const { Thing } = require("./lib");

const a = new Thing("a", {});
const b = new Thing("b", { of: a.address });
new Thing("c", { of: b.address });
