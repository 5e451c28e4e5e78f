// A transform changes options.
const { Thing, phase } = require("./lib");

const a = new Thing("a", { size: phase });
const change = args => ({ props: args.props, opts: { ...args.opts, protect: true, dependsOn: [a], ignoreChanges: ["size"], additionalSecretOutputs: ["color"] } });
new Thing("b", { size: phase, color: "red" }, { transforms: [change] });
