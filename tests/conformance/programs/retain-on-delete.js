// Deleted from the state, kept in the cloud.
const { Thing, phase } = require("./lib");

if (phase === 1) new Thing("a", {}, { retainOnDelete: true });
