// A resource's own transforms come first, then its parents', then the stack's.
const pulumi = require("@pulumi/pulumi");
const { Thing, Group } = require("./lib");

const mark = text => args => ({ props: { ...args.props, trace: `${args.props.trace ?? ""}${text}` }, opts: args.opts });
pulumi.runtime.registerResourceTransform(args => args.custom ? mark("stack")(args) : undefined);
new Group("outer", outer => {
  new Group("inner", inner => {
    new Thing("a", {}, { parent: inner, transforms: [mark("own1 "), mark("own2 ")] });
  }, { parent: outer, transforms: [args => args.custom ? mark("inner ")(args) : undefined] });
}, { transforms: [args => args.custom ? mark("outer ")(args) : undefined] });
