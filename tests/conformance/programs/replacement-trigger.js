// A value whose change replaces.
const { Thing, phase } = require("./lib");

new Thing("a", { name: `a${phase}` }, { replacementTrigger: `v${phase}`, ignoreChanges: ["none"] });
new Thing("b", {}, { replacementTrigger: "fixed" });
