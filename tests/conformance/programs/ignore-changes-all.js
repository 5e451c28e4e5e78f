// A star ignores every change.
const { Thing, phase } = require("./lib");

new Thing("a", { size: phase, color: `${phase}` }, { ignoreChanges: ["*"] });
