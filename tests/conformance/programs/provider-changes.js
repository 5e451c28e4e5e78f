// The settings of a provider change.
const { Thing, Provider, phase } = require("./lib");

const provider = new Provider("p", { zone: `z${phase}` });
new Thing("a", {}, { provider });
