// A replacement is made before the old one goes.
const { Thing, phase } = require("./lib");

const a = new Thing("a", { name: `a${phase}`, zone: `z${phase}` }, { deleteBeforeReplace: false });
new Thing("b", { of: a.address });
