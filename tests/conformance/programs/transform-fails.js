// A transform that throws fails the registration.
const { Thing } = require("./lib");

new Thing("a", {}, { transforms: [() => { throw new Error("not today"); }] });
