// What the program no longer names is deleted, dependents first.
const { Thing, phase } = require("./lib");

const a = new Thing("a", {});
if (phase === 1) {
  const b = new Thing("b", { of: a.address });
  new Thing("c", { of: b.address });
}
