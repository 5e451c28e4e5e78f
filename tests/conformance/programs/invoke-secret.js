// What a function makes of a secret is one.
const pulumi = require("@pulumi/pulumi");
const { echo } = require("./lib");

exports.result = pulumi.runtime.invokeOutput("fake:index:echo", { key: pulumi.secret("hunter2") });
