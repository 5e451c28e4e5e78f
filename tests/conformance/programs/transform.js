// A transform of one resource changes its inputs.
const { Thing } = require("./lib");

const grow = args => ({ props: { ...args.props, size: 9, seen: args.type }, opts: args.opts });
new Thing("a", { size: 1 }, { transforms: [grow] });
new Thing("b", { size: 1 });
