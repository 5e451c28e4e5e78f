// A resource to read whose id another gives.
const { Thing } = require("./lib");

const a = new Thing("a", {});
const b = new Thing("b", { name: undefined }, { id: a.id });
exports.address = b.address;
