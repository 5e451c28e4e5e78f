// An error that is only logged fails the run.
const pulumi = require("@pulumi/pulumi");

pulumi.log.error("an error");
