// A resource is there but does not work.
const { Thing, phase } = require("./lib");

new Thing("a", { sick: phase === 1 ? 1 : undefined });
