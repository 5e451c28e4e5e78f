// Inputs that the provider does not take.
const { Thing } = require("./lib");

new Thing("a", { bad: 1 });
