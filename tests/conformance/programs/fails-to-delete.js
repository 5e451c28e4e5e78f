// A deletion fails and is done the next time.
const { Thing, phase } = require("./lib");

new Thing("a", {});
if (phase === 1) new Thing("b", {});
