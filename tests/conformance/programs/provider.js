// A provider of the program's own.
const { Thing, Provider } = require("./lib");

const provider = new Provider("p", { zone: "north", list: ["x"] });
new Thing("a", {}, { provider });
new Thing("b", {});
