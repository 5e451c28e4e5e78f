// Storage accounts and what lies below them, as @azure/arm-storage asks for it.
import { ResourceManagementClient } from "@azure/arm-resources";
import { StorageManagementClient } from "@azure/arm-storage";
import { all, credential, equal, fast, finish, group, isTrue, location, options, pending, refused, step, subscription } from "./suite.mjs";

const client = new StorageManagementClient(credential, subscription, options);
const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
const account = "storagesuite";
await setup.resourceGroups.createOrUpdate(group, { location });

await step("storageAccounts.checkNameAvailability", async () => equal((await client.storageAccounts.checkNameAvailability({ name: account, type: "Microsoft.Storage/storageAccounts" })).nameAvailable, true, "available"));
await step("storageAccounts.create", async () => {
  const made = await client.storageAccounts.beginCreateAndWait(group, account, { location, kind: "StorageV2", sku: { name: "Standard_LRS" } }, fast);
  equal([made.provisioningState, made.primaryEndpoints.blob], ["Succeeded", `https://${account}.blob.core.windows.net/`], "account");
});
await step("storageAccounts.getProperties", async () => equal((await client.storageAccounts.getProperties(group, account)).kind, "StorageV2", "kind"));
await step("storageAccounts.list", async () => equal((await all(client.storageAccounts.list())).map((one) => one.name), [account], "names"));
await step("storageAccounts.listByResourceGroup", async () => equal((await all(client.storageAccounts.listByResourceGroup(group))).length, 1, "count"));
await step("storageAccounts.update", async () => equal((await client.storageAccounts.update(group, account, { tags: { env: "test" } })).tags.env, "test", "tag"));
await step("storageAccounts keys", async () => {
  const before = (await client.storageAccounts.listKeys(group, account)).keys;
  equal(before.map((key) => key.keyName), ["key1", "key2"], "names");
  const after = (await client.storageAccounts.regenerateKey(group, account, { keyName: "key1" })).keys;
  isTrue(before[0].value !== after[0].value && before[1].value === after[1].value, "the first key is new, the second is not");
});
const expiry = new Date(Date.now() + 3600_000);
await pending("storageAccounts.listAccountSAS", async () => isTrue(
  (await client.storageAccounts.listAccountSAS(group, account, { services: "b", resourceTypes: "sco", permissions: "rl", sharedAccessExpiryTime: expiry })).accountSasToken.includes("sig="), "it is signed"));
await pending("storageAccounts.listServiceSAS", async () => isTrue((await client.storageAccounts.listServiceSAS(
  group, account, { canonicalizedResource: `/blob/${account}/data`, resource: "c", permissions: "rl", sharedAccessExpiryTime: expiry })).serviceSasToken.includes("sig="), "it is signed"));
await pending("storageAccounts.revokeUserDelegationKeys", () => client.storageAccounts.revokeUserDelegationKeys(group, account));
await pending("storageAccounts.failover", () => client.storageAccounts.beginFailoverAndWait(group, account, fast));
await refused("storageAccounts.getProperties of none", 404, "ResourceNotFound", () => client.storageAccounts.getProperties(group, "none00"));

for (const kind of ["blob", "file", "queue", "table"]) {
  const services = client[`${kind}Services`];
  await step(`${kind}Services.setServiceProperties`, () => services.setServiceProperties(group, account, ...(kind === "blob" || kind === "file" ? [{}] : [{}])));
  await step(`${kind}Services.getServiceProperties`, async () => equal((await services.getServiceProperties(group, account)).name, "default", "name"));
  await step(`${kind}Services.list`, async () => {
    const listed = services.list(group, account);
    isTrue((listed.then ? (await listed).value : await all(listed)).length === 1, "one is listed");
  });
}
await step("blobContainers", async () => {
  await client.blobContainers.create(group, account, "data", { metadata: { purpose: "test" } });
  equal((await client.blobContainers.get(group, account, "data")).metadata.purpose, "test", "metadata");
  equal((await all(client.blobContainers.list(group, account))).map((one) => one.name), ["data"], "names");
});
await step("blobContainers.update", () => client.blobContainers.update(group, account, "data", { publicAccess: "None" }));
await pending("blobContainers legal hold", async () => {
  await client.blobContainers.setLegalHold(group, account, "data", { tags: ["case1"] });
  await client.blobContainers.clearLegalHold(group, account, "data", { tags: ["case1"] });
});
await pending("blobContainers.lease", () => client.blobContainers.lease(group, account, "data"));
await pending("blobContainers immutability policy", async () => {
  await client.blobContainers.createOrUpdateImmutabilityPolicy(group, account, "data", { parameters: { immutabilityPeriodSinceCreationInDays: 1 } });
  const policy = await client.blobContainers.getImmutabilityPolicy(group, account, "data");
  await client.blobContainers.deleteImmutabilityPolicy(group, account, "data", policy.etag);
});
await step("blobContainers.delete", () => client.blobContainers.delete(group, account, "data"));
await step("fileShares", async () => {
  await client.fileShares.create(group, account, "share", { shareQuota: 5 });
  equal((await client.fileShares.get(group, account, "share")).shareQuota, 5, "quota");
  equal((await all(client.fileShares.list(group, account))).length, 1, "count");
  await client.fileShares.update(group, account, "share", { shareQuota: 6 });
});
await step("fileShares.delete", () => client.fileShares.delete(group, account, "share"));
await step("queue", async () => {
  await client.queue.create(group, account, "jobs", { metadata: { a: "b" } });
  equal((await client.queue.get(group, account, "jobs")).name, "jobs", "name");
  equal((await all(client.queue.list(group, account))).length, 1, "count");
  await client.queue.update(group, account, "jobs", { metadata: { a: "c" } });
  await client.queue.delete(group, account, "jobs");
});
await step("tableOperations", async () => {
  await client.tableOperations.create(group, account, "results");
  equal((await client.tableOperations.get(group, account, "results")).name, "results", "name");
  equal((await all(client.tableOperations.list(group, account))).length, 1, "count");
  await client.tableOperations.update(group, account, "results");
  await client.tableOperations.delete(group, account, "results");
});
const rule = { enabled: true, name: "old", type: "Lifecycle", definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } }, filters: { blobTypes: ["blockBlob"] } } };
await step("managementPolicies", async () => {
  await client.managementPolicies.createOrUpdate(group, account, "default", { policy: { rules: [rule] } });
  equal((await client.managementPolicies.get(group, account, "default")).policy.rules[0].name, "old", "rule");
  await client.managementPolicies.delete(group, account, "default");
});
await step("blobInventoryPolicies", async () => {
  const definition = { format: "Csv", schedule: "Daily", objectType: "Container", schemaFields: ["Name"] };
  await client.blobInventoryPolicies.createOrUpdate(group, account, "default", { policy: { enabled: true, type: "Inventory", rules: [{ enabled: true, name: "daily", destination: "data", definition }] } });
  await client.blobInventoryPolicies.get(group, account, "default");
  await all(client.blobInventoryPolicies.list(group, account));
  await client.blobInventoryPolicies.delete(group, account, "default");
});
await step("encryptionScopes", async () => {
  await client.encryptionScopes.put(group, account, "scope1", { source: "Microsoft.Storage", state: "Enabled" });
  await client.encryptionScopes.get(group, account, "scope1");
  equal((await all(client.encryptionScopes.list(group, account))).length, 1, "count");
  equal((await client.encryptionScopes.patch(group, account, "scope1", { state: "Disabled" })).state, "Disabled", "state");
});
await step("localUsersOperations", async () => {
  await client.localUsersOperations.createOrUpdate(group, account, "sftp", { homeDirectory: "data", hasSshPassword: true });
  await client.localUsersOperations.get(group, account, "sftp");
  await all(client.localUsersOperations.list(group, account));
});
await pending("localUsersOperations.listKeys", () => client.localUsersOperations.listKeys(group, account, "sftp"));
await pending("localUsersOperations.regeneratePassword", () => client.localUsersOperations.regeneratePassword(group, account, "sftp"));
await step("localUsersOperations.delete", () => client.localUsersOperations.delete(group, account, "sftp"));
await step("objectReplicationPoliciesOperations.list", () => all(client.objectReplicationPoliciesOperations.list(group, account)));
await step("privateEndpointConnections.list", () => all(client.privateEndpointConnections.list(group, account)));
await pending("privateLinkResources.listByStorageAccount", () => client.privateLinkResources.listByStorageAccount(group, account));
await pending("skus.list", () => all(client.skus.list()));
await pending("usages.listByLocation", () => all(client.usages.listByLocation(location)));
await pending("operations.list", () => all(client.operations.list()));
await step("storageAccounts.delete", async () => {
  await client.storageAccounts.delete(group, account);
  equal((await all(client.storageAccounts.list())).length, 0, "count");
});
await pending("deletedAccounts.list", () => all(client.deletedAccounts.list()));
await pending("deletedAccounts.get", () => client.deletedAccounts.get(account, location));
finish("@azure/arm-storage");
