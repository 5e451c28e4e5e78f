// A resource to read that does not exist.
const { Thing } = require("./lib");

new Thing("a", { name: undefined }, { id: "nowhere" });
