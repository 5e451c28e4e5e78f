// One resource, up, again, and down.
const { Thing } = require("./lib");

new Thing("a", { size: 3 });
