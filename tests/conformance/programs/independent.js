// Thirty resources that need nothing of each other.
const { Thing } = require("./lib");

for (let i = 0; i < 30; i++) new Thing(`t${i}`, { size: i });
