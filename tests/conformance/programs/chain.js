// Each resource takes an output of the one before.
const { Thing } = require("./lib");

const a = new Thing("a", {});
const b = new Thing("b", { of: a.address });
const c = new Thing("c", { of: b.address });
exports.end = c.address;
