// A resource fails while others, of which it knows nothing, are there already.
const { Thing, phase } = require("./lib");

const a = new Thing("a", { size: phase });
const b = new Thing("b", { size: phase }, { dependsOn: a });
