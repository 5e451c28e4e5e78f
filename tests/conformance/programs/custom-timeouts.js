// How long an operation may take.
const { Thing } = require("./lib");

new Thing("a", {}, { customTimeouts: { create: "5m", update: "1h30m", delete: "10s" } });
