// The old one goes first, and with it what needs it.
const { Thing, phase } = require("./lib");

const a = new Thing("a", { zone: `z${phase}` }, { deleteBeforeReplace: true });
new Thing("b", { zone: a.address });
new Thing("c", { size: 1 }, { dependsOn: a });
