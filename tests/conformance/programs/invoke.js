// A function of a provider.
const { echo } = require("./lib");

exports.result = echo({ text: "hi", list: [1, 2], map: { x: null } });
