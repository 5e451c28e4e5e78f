// Resource hooks are refused by name.
const { Thing } = require("./lib");

new Thing("a", {}, { hooks: { beforeCreate: [() => {}] } });
