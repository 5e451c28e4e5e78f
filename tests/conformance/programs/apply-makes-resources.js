// Resources made when a value is known.
const { Thing } = require("./lib");

const a = new Thing("a", {});
a.address.apply(address => new Thing("b", { of: address }));
