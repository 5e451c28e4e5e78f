// Changes that the program does not want to see.
const { Thing, phase } = require("./lib");

new Thing("a", { size: phase, color: phase, nested: { x: phase, y: 1 }, list: [{ v: phase }, { v: 0 }] },
  { ignoreChanges: ["size", "nested.x", "list[0].v"] });
