// A resource that somebody else manages.
const { Thing } = require("./lib");

const a = new Thing("a", { name: undefined }, { id: "there" });
exports.address = a.address;
new Thing("b", { of: a.address });
