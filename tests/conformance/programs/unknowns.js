// What a preview cannot know yet.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
const secret = pulumi.secret(a.address);
new Thing("b", { whole: a.address, inside: { list: ["known", a.address], text: pulumi.interpolate`x${a.address}` }, secret });
exports.whole = a.address;
exports.inside = { list: ["known", a.address] };
exports.secret = secret;
exports.id = a.id;
exports.applied = a.address.apply(x => x.length);
