// A resource is replaced because another is.
const { Thing, phase } = require("./lib");

const a = new Thing("a", { name: `a${phase}`, zone: `z${phase}` });
new Thing("b", { name: `b${phase}`, size: 1 }, { replaceWith: [a] });
