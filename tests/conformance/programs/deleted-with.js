// What goes with another needs no deletion of its own.
const { Thing } = require("./lib");

const a = new Thing("a", {});
new Thing("b", {}, { deletedWith: a });
