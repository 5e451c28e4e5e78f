// The program throws after it has registered something; what it does not name is not deleted.
const { Thing, phase } = require("./lib");

if (phase === 1) new Thing("a", {});
new Thing("b", {});
if (phase === 2) throw new Error("not my day");
