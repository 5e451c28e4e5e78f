// An output of five million characters.
const { Thing } = require("./lib");

const a = new Thing("a", { text: "x".repeat(5_000_000) });
exports.length = a.id.apply(() => 5_000_000);
exports.large = "y".repeat(5_000_000);
