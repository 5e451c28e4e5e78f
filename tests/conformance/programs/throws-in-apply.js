// A function of a value throws.
const { Thing } = require("./lib");

const a = new Thing("a", {});
a.address.apply(() => { throw new Error("in apply"); });
