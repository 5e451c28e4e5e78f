// Components three levels deep.
const { Thing, Group } = require("./lib");

new Group("outer", outer => {
  new Group("middle", middle => {
    new Group("inner", inner => { new Thing("leaf", {}, { parent: inner }); }, { parent: middle });
    new Thing("beside", {}, { parent: middle });
  }, { parent: outer });
});
