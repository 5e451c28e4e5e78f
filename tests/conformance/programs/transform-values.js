// A transform sees secrets, unknowns and dependencies, and hands them on.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
const change = args => ({
  props: { ...args.props, moved: args.props.of, shown: pulumi.unsecret(args.props.key), extra: a.id },
  opts: args.opts,
});
new Thing("b", { of: a.address, key: pulumi.secret("hunter2"), shown: "" }, { transforms: [change] });
