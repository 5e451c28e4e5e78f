// A resource itself as an output of the stack.
const { Thing } = require("./lib");

const a = new Thing("a", { size: 1 });
exports.thing = a;
