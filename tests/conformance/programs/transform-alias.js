// A transform keeps a renamed resource.
const { Thing, phase } = require("./lib");

new Thing(phase === 1 ? "old" : "new", { name: "x" }, phase === 1 ? {} : {
  transforms: [args => ({ props: args.props, opts: { ...args.opts, aliases: [{ name: "old" }] } })],
});
