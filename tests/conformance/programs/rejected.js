// A promise that nobody handles is rejected.
require("./lib");

Promise.reject(new Error("rejected"));
