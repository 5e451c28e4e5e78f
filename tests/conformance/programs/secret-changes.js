// A secret gets another value.
const pulumi = require("@pulumi/pulumi");
const { Thing, phase } = require("./lib");

new Thing("a", { key: pulumi.secret(`hunter${phase}`) });
