// Two resources of one name.
const { Thing } = require("./lib");

const a = new Thing("a", { size: 1 });
new Thing("a", { size: 2 }, { dependsOn: a });
