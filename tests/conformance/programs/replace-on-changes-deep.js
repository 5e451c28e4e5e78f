// A change inside a list that replaces.
const { Thing, phase } = require("./lib");

new Thing("a", { name: `a${phase}`, list: [{ v: phase, other: 1 }] }, { replaceOnChanges: ["list[*].v"] });
