// Outputs of the stack of every kind.
const { Thing } = require("./lib");

const a = new Thing("a", {});
exports.text = "plain";
exports.empty = "";
exports.number = 1.5;
exports.large = 12345678901;
exports.yes = true;
exports.no = false;
exports.nothing = null;
exports.list = [1, "two", [3, { four: 4 }], a.address];
exports.map = { inner: { address: a.address, id: a.id }, "key with spaces": 1 };
exports.urn = a.urn;
