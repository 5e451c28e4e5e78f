// The program throws at once.
require("./lib");

throw new Error("not my day");
