// An earlier name.
const { Thing, phase } = require("./lib");

new Thing(phase === 1 ? "old" : "new", { name: "x" }, { aliases: phase === 1 ? [] : [{ name: "old" }] });
