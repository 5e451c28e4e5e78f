// A component gets another name, and its children keep their resources.
const { Thing, Group, phase } = require("./lib");

new Group(phase === 1 ? "old" : "new", parent => { new Thing("a", {}, { parent }); }, phase === 1 ? {} : { aliases: [{ name: "old" }] });
