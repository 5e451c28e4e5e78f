// Children of a protected component are protected.
const { Thing, Group, phase } = require("./lib");

new Group("g", parent => { new Thing("a", {}, { parent }); }, { protect: phase === 1 });
