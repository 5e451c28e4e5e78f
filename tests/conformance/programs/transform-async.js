// A transform may take its time.
const { Thing } = require("./lib");

new Thing("a", { size: 1 }, { transforms: [async args => {
  await new Promise(resolve => setTimeout(resolve, 5));
  return { props: { ...args.props, size: 2 }, opts: args.opts };
}] });
