// A hundred resources in chains of ten.
const { Thing } = require("./lib");

for (let chain = 0; chain < 10; chain++) {
  let before;
  for (let i = 0; i < 10; i++) before = new Thing(`c${chain}-${i}`, before ? { of: before.address } : {});
}
