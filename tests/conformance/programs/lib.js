// What the programs beside this file share: resources of the fake provider, and which of its phases a program is in.
const pulumi = require("@pulumi/pulumi");

// With a stack trace, Node 20 takes half a minute to print an error of the SDK: it never ends on a path that stops below node_modules/@scope.
Error.stackTraceLimit = 0;

class Thing extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super("fake:index:Thing", name, { name, ...args, address: undefined }, opts);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, build, opts) {
    super("shop:index:Group", name, {}, opts);
    this.registerOutputs(build(this) ?? {});
  }
}

class Provider extends pulumi.ProviderResource {
  constructor(name, args, opts) {
    super("fake", name, args, opts);
  }
}

const echo = (args, opts) => pulumi.runtime.invoke("fake:index:echo", args, opts);

const phase = new pulumi.Config().getNumber("phase") ?? 1;

module.exports = { Thing, Group, Provider, echo, phase };
