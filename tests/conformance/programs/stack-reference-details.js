// Outputs of another stack with the word whether they are secret.
const pulumi = require("@pulumi/pulumi");

const base = new pulumi.StackReference("organization/shop/base");
module.exports = async () => {
  const url = await base.getOutputDetails("url");
  const secret = await base.getOutputDetails("secret");
  return { plain: url.value, isSecret: secret.secretValue !== undefined && secret.value === undefined };
};
