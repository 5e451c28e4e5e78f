// Differences that are not shown still count.
const { Thing, phase } = require("./lib");

new Thing("a", { size: phase }, { hideDiffs: ["size"] });
