// A change inside a list that replaces.
const { Thing, phase } = require("./lib");

new Thing("a", { list: [{ v: phase, other: 1 }] }, { replaceOnChanges: ["list[*].v"] });
