// A transform chooses the provider.
const { Thing, Provider } = require("./lib");

const provider = new Provider("p", { zone: "north" });
new Thing("a", {}, { transforms: [args => ({ props: args.props, opts: { ...args.opts, provider } })] });
