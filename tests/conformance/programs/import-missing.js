// A resource to import does not exist.
const { Thing } = require("./lib");

new Thing("a", { name: "there" }, { import: "there" });
