// Resources that only an update knows of.
const { Thing } = require("./lib");

const a = new Thing("a", {});
a.address.apply(address => { for (const part of address.split(":")) new Thing(`p${part.length}`, {}); });
