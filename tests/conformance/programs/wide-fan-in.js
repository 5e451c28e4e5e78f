// One resource that takes something of fifty.
const { Thing } = require("./lib");

const all = [...Array(50).keys()].map(i => new Thing(`t${i}`, {}));
new Thing("end", { all: all.map(t => t.address) });
