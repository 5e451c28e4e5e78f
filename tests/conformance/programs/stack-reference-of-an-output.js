// A stack whose name another resource gives.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", { stack: "organization/shop/base" });
const base = new pulumi.StackReference("base", { name: a.address.apply(() => "organization/shop/base") });
exports.url = base.getOutput("url");
