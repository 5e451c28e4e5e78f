// Outputs that the program calls secret.
const { Thing } = require("./lib");

const a = new Thing("a", { key: "hunter2" }, { additionalSecretOutputs: ["key", "address"] });
exports.address = a.address;
