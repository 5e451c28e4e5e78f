// A protected resource is not replaced.
const { Thing, phase } = require("./lib");

new Thing("a", { zone: phase === 1 ? "x" : "y" }, { protect: true });
