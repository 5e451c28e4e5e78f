// Values in values, twenty deep.
const { Thing } = require("./lib");

let value = "bottom";
for (let i = 0; i < 20; i++) value = i % 2 ? [value] : { v: value };
new Thing("a", { value });
exports.value = value;
