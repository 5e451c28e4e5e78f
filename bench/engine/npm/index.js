"use strict";
// The same graph as ../slim/Program.cs.
const pulumi = require("@pulumi/pulumi");

const chainLength = 10;

class Thing extends pulumi.CustomResource {
  constructor(name, args) {
    super("bench:index:Thing", name, { address: undefined, ...args }, { version: "1.0.0" });
  }
}

const count = new pulumi.Config().requireNumber("count");
let before;
for (let index = 0; index < count; index++) {
  before = new Thing(`thing-${index}`, {
    location: "eastus2",
    description: `Resource number ${index} of the graph that the engine is measured with.`,
    capacity: index % 7,
    enabled: true,
    tags: { environment: "bench", project: "graph", owner: `team-${index % 5}` },
    zones: ["1", "2", "3"],
    sku: { name: "Standard", tier: "Standard", size: index % 3 },
    upstream: index % chainLength === 0 ? undefined : before.address,
  });
}
