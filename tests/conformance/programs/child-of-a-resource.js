// A custom resource as a parent.
const { Thing } = require("./lib");

const a = new Thing("a", {});
new Thing("b", {}, { parent: a });
