// A plain value becomes secret.
const pulumi = require("@pulumi/pulumi");
const { Thing, phase } = require("./lib");

new Thing("a", { key: phase === 1 ? "x" : pulumi.secret("x") });
