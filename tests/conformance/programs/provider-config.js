// The default provider takes the configuration of the stack.
const { Thing } = require("./lib");

new Thing("a", {});
