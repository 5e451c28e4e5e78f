// Texts and files.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

new Thing("a", {
  text: new pulumi.asset.StringAsset("hello"),
  file: new pulumi.asset.FileAsset("assets/greeting.txt"),
});
