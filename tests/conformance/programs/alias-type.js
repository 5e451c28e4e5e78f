// An earlier type.
const pulumi = require("@pulumi/pulumi");
const { Thing, phase } = require("./lib");

class Former extends pulumi.CustomResource {
  constructor(name, args, opts) { super("fake:index:Former", name, args, opts); }
}
if (phase === 1) new Former("a", { name: "x" });
else new Thing("a", { name: "x" }, { aliases: [{ type: "fake:index:Former" }] });
