// A change that the resource can take.
const { Thing, phase } = require("./lib");

const a = new Thing("a", { size: phase });
new Thing("b", { of: a.size ?? phase });
