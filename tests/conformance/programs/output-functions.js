// Values made from values.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

const a = new Thing("a", {});
const b = new Thing("b", {});
exports.all = pulumi.all([a.address, b.address]).apply(([x, y]) => x.length + y.length);
exports.concat = pulumi.concat("<", a.address, ">");
exports.interpolate = pulumi.interpolate`${a.id} and ${b.id}`;
exports.json = pulumi.jsonStringify({ a: a.id, list: [b.id] });
exports.parsed = pulumi.jsonParse(pulumi.output('{"x": 1}')).apply(v => v.x);
exports.nested = pulumi.output({ deep: [{ id: a.id }] }).apply(v => v.deep[0].id);
