// Three hundred properties, and a list of a thousand.
const { Thing } = require("./lib");

const props = {};
for (let i = 0; i < 300; i++) props[`p${i}`] = i;
exports.sum = new Thing("a", { ...props, list: [...Array(1000).keys()] }).id;
