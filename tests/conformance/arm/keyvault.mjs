// Key vaults with their secrets and keys, and what is left of deleted ones, as @azure/arm-keyvault asks for it.
import { KeyVaultManagementClient } from "@azure/arm-keyvault";
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, fast, finish, group, groupId, isTrue, location, options, pending, refused, step, subscription, tenant } from "./suite.mjs";

const client = new KeyVaultManagementClient(credential, subscription, options);
const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
const vault = "vault-suite";
const objectId = "10ca1a2e-0000-4000-8000-000000000004";
const properties = { tenantId: tenant, sku: { family: "A", name: "standard" }, accessPolicies: [], enableSoftDelete: true };
await setup.resourceGroups.createOrUpdate(group, { location });

await step("vaults.checkNameAvailability", async () => equal((await client.vaults.checkNameAvailability({ name: vault, type: "Microsoft.KeyVault/vaults" })).nameAvailable, true, "available"));
await step("vaults.createOrUpdate", async () => equal((await client.vaults.createOrUpdate(group, vault, { location, properties }, fast)).properties.provisioningState, "Succeeded", "state"));
await step("vaults.get", async () => isTrue((await client.vaults.get(group, vault)).properties.vaultUri.includes(vault), "it has a URI"));
await step("vaults.listBySubscription", async () => equal((await all(client.vaults.listBySubscription())).map((one) => one.name), [vault], "names"));
await step("vaults.listByResourceGroup", async () => equal((await all(client.vaults.listByResourceGroup(group))).length, 1, "count"));
await step("vaults.list", () => all(client.vaults.list({ filter: "resourceType eq 'Microsoft.KeyVault/vaults'" })));
await step("vaults.update", async () => equal((await client.vaults.update(group, vault, { tags: { env: "test" } })).tags.env, "test", "tag"));
await step("vaults.updateAccessPolicy", async () => {
  const changed = await client.vaults.updateAccessPolicy(group, vault, "add", { properties: { accessPolicies: [{ tenantId: tenant, objectId, permissions: { secrets: ["get"] } }] } });
  equal(changed.properties.accessPolicies.length, 1, "count");
});
await step("secrets", async () => {
  await client.secrets.createOrUpdate(group, vault, "key", { properties: { value: "hidden", contentType: "text/plain" } });
  const shown = await client.secrets.get(group, vault, "key");
  equal([shown.properties.value, shown.properties.contentType], [undefined, "text/plain"], "secret");
  equal((await all(client.secrets.list(group, vault))).length, 1, "count");
});
await step("secrets.update", async () => equal((await client.secrets.update(group, vault, "key", { tags: { env: "test" } })).tags.env, "test", "tag"));
await step("keys", async () => {
  await client.keys.createIfNotExist(group, vault, "sign", { properties: { kty: "RSA", keySize: 2048 } });
  equal((await client.keys.get(group, vault, "sign")).kty, "RSA", "kind");
  equal((await all(client.keys.list(group, vault))).length, 1, "count");
});
await step("keys.listVersions", () => all(client.keys.listVersions(group, vault, "sign")));
await pending("privateLinkResources.listByVault", () => client.privateLinkResources.listByVault(group, vault));
await step("privateEndpointConnections.listByResource", () => all(client.privateEndpointConnections.listByResource(group, vault)));
await step("managedHsms", async () => equal((await all(client.managedHsms.listBySubscription())).length + (await all(client.managedHsms.listByResourceGroup(group))).length, 0, "count"));
await pending("operations.list", () => all(client.operations.list()));
await refused("vaults.get of none", 404, "ResourceNotFound", () => client.vaults.get(group, "none"));

await step("vaults.delete", () => client.vaults.delete(group, vault));
await step("vaults.listDeleted", async () => equal((await all(client.vaults.listDeleted())).map((one) => one.name), [vault], "names"));
await step("vaults.getDeleted", async () => equal((await client.vaults.getDeleted(vault, location)).properties.vaultId, `${groupId}/providers/Microsoft.KeyVault/vaults/${vault}`, "id"));
await refused("a deleted vault keeps its name", 409, undefined, () => client.vaults.createOrUpdate(group, vault, { location, properties }, fast));
await step("a deleted vault is recovered", async () => {
  await client.vaults.createOrUpdate(group, vault, { location, properties: { ...properties, createMode: "recover" } }, fast);
  await client.vaults.delete(group, vault);
});
await step("vaults.purgeDeleted", async () => {
  await client.vaults.purgeDeleted(vault, location, fast);
  equal((await all(client.vaults.listDeleted())).length, 0, "count");
});
finish("@azure/arm-keyvault");
