// Children take the provider of their parent.
const { Thing, Group, Provider } = require("./lib");

const provider = new Provider("p", { zone: "north" });
new Group("g", parent => {
  new Thing("a", {}, { parent });
  new Group("deep", inner => { new Thing("b", {}, { parent: inner }); }, { parent });
}, { providers: { fake: provider } });
