// A resource to import is not what the program says.
const { Thing } = require("./lib");

new Thing("a", { name: "there", size: 8 }, { import: "there" });
