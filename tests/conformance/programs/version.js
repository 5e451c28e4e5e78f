// A version of the provider that the program names.
const { Thing } = require("./lib");

new Thing("a", {}, { version: "1.2.3" });
