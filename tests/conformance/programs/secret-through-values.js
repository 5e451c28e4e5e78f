// A value made from a secret is one.
const pulumi = require("@pulumi/pulumi");

const secret = pulumi.secret({ user: "u", password: "hunter2" });
exports.password = secret.password;
exports.line = pulumi.interpolate`pw=${secret.password}`;
exports.all = pulumi.all([secret.user, "x"]).apply(([u]) => u);
exports.open = pulumi.unsecret(secret.user);
exports.isSecret = pulumi.isSecret(secret.user);
