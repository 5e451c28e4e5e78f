// A change that replaces.
const { Thing, phase } = require("./lib");

new Thing("a", { name: `a${phase}`, size: phase }, { replaceOnChanges: ["size"] });
