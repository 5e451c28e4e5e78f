// A program whose module is an asynchronous function.
const { Thing } = require("./lib");

module.exports = async () => {
  const a = new Thing("a", {});
  await new Promise(resolve => setTimeout(resolve, 10));
  const b = new Thing("b", { of: a.address });
  return { address: b.address };
};
