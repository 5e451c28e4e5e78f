// A transform changes what a function is given.
const pulumi = require("@pulumi/pulumi");
const { echo } = require("./lib");

pulumi.runtime.registerInvokeTransform(args => ({ args: { ...args.args, added: 1 }, opts: args.opts }));
exports.result = pulumi.output(echo({ x: 1 }));
