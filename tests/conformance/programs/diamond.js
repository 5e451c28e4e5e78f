// Two resources between one and another.
const { Thing } = require("./lib");

const a = new Thing("a", {});
const left = new Thing("left", { of: a.address });
const right = new Thing("right", { of: a.address });
new Thing("end", { both: [left.address, right.id] });
