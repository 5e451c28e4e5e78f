// A component that a provider implements is refused by name.
const pulumi = require("@pulumi/pulumi");
require("./lib");

class Remote extends pulumi.ComponentResource {
  constructor(name) { super("fake:index:Remote", name, {}, {}, true); }
}
new Remote("r");
