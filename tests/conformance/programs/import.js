// A resource that exists is taken over.
const { Thing } = require("./lib");

new Thing("a", { name: "there", size: 7 }, { import: "there" });
