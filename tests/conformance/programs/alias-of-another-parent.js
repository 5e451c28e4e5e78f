// A resource leaves its component.
const { Thing, Group, phase } = require("./lib");

const g = new Group("g", parent => { if (phase === 1) new Thing("a", {}, { parent }); });
if (phase === 2) new Thing("a", {}, { aliases: [{ parent: g }] });
