// Messages of every severity.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
pulumi.log.info("an information");
pulumi.log.warn("a warning", a);
pulumi.log.debug("not shown");
console.log("to standard output");
console.error("to standard error");
