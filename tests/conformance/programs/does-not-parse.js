// A part of the program is not JavaScript.
require("./lib");

eval("const = 1");
