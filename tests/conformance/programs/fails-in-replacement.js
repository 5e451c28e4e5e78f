// The deletion of a replaced resource fails and is done the next time.
const { Thing, phase } = require("./lib");

new Thing("a", { name: `a${phase}`, zone: `z${phase}` }, { deleteBeforeReplace: false });
