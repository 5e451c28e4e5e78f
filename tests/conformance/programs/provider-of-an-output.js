// A provider whose settings another resource gives.
const { Thing, Provider } = require("./lib");

const a = new Thing("a", {});
const provider = new Provider("p", { endpoint: a.address });
new Thing("b", {}, { provider });
