// A component with a child.
const { Thing, Group } = require("./lib");

new Group("g", parent => ({ inner: new Thing("a", {}, { parent }).address }));
