// Collections of assets.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

new Thing("a", { archive: new pulumi.asset.AssetArchive({ "one.txt": new pulumi.asset.StringAsset("one"), "two.txt": new pulumi.asset.FileAsset("assets/greeting.txt") }) });
