// Inputs of every kind.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("./lib");

new Thing("a", {
  text: "x", empty: "", number: 0.1, negative: -3, large: 9007199254740991, yes: true, no: false, nothing: null, missing: undefined,
  list: [], map: {}, nested: { a: [{ b: [null, { c: "d" }] }] }, unicode: "Größe 🚀 \u0000", "key.with dots[0]": 1,
  promise: Promise.resolve({ late: 1 }), output: pulumi.output([1, pulumi.output(2)]),
});
