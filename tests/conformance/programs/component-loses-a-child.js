// A child that the component no longer makes is deleted.
const { Thing, Group, phase } = require("./lib");

new Group("g", parent => {
  new Thing("a", {}, { parent });
  if (phase === 1) new Thing("b", {}, { parent });
});
