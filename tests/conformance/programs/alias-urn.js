// An earlier URN.
const { Thing, phase } = require("./lib");

new Thing(phase === 1 ? "old" : "new", { name: "x" }, { aliases: phase === 1 ? [] : ["urn:pulumi:dev::shop::fake:index:Thing::old"] });
