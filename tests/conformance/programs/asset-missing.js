// A file that does not exist.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

new Thing("a", { file: new pulumi.asset.FileAsset("assets/nowhere.txt") });
