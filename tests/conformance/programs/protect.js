// A protected resource is not deleted until the program says so.
const { Thing, phase } = require("./lib");

if (phase < 3) new Thing("a", {}, { protect: phase === 1 });
