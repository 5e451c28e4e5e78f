// Resource groups, generic resources, providers and tags, as @azure/arm-resources asks for them.
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, fast, finish, group, groupId, isTrue, location, options, pending, refused, step, subscription } from "./suite.mjs";

const client = new ResourceManagementClient(credential, subscription, options);
const other = "conformance-moved";
const storage = `${groupId}/providers/Microsoft.Storage/storageAccounts/resourcesuite`;
const account = { location, kind: "StorageV2", sku: { name: "Standard_LRS" }, tags: { env: "test" }, properties: {} };
const storageVersion = "2024-01-01";

await step("resourceGroups.createOrUpdate", async () => {
  const made = await client.resourceGroups.createOrUpdate(group, { location, tags: { env: "test" } });
  equal(made.properties.provisioningState, "Succeeded", "state");
  await client.resourceGroups.createOrUpdate(other, { location });
});
await step("resourceGroups.get", async () => equal((await client.resourceGroups.get(group)).tags.env, "test", "tag"));
await step("resourceGroups.list", async () => isTrue((await all(client.resourceGroups.list())).some((one) => one.name === group), "group is listed"));
await step("resourceGroups.update", async () => equal((await client.resourceGroups.update(group, { tags: { env: "test", owner: "phi" } })).tags.owner, "phi", "tag"));
await step("resourceGroups.checkExistence", async () => equal((await client.resourceGroups.checkExistence(group)).body, true, "exists"));
await refused("resourceGroups.get of none", 404, "ResourceGroupNotFound", () => client.resourceGroups.get("none"));

await step("resources.createOrUpdateById", async () => {
  const made = await client.resources.beginCreateOrUpdateByIdAndWait(storage, storageVersion, account, fast);
  equal(made.properties.provisioningState, "Succeeded", "state");
});
await step("resources.createOrUpdate", () => client.resources.beginCreateOrUpdateAndWait(
  group, "Microsoft.OperationalInsights", "", "workspaces", "resource-suite", "2023-09-01", { location, properties: { sku: { name: "PerGB2018" } } }, fast));
await step("resources.get", () => client.resources.get(group, "Microsoft.OperationalInsights", "", "workspaces", "resource-suite", "2023-09-01"));
await step("resources.getById", async () => equal((await client.resources.getById(storage, storageVersion)).kind, "StorageV2", "kind"));
await step("resources.checkExistenceById", async () => equal((await client.resources.checkExistenceById(storage, storageVersion)).body, true, "exists"));
await step("resources.checkExistence", () => client.resources.checkExistence(group, "Microsoft.OperationalInsights", "", "workspaces", "resource-suite", "2023-09-01"));
await step("resources.updateById", async () => {
  const changed = await client.resources.beginUpdateByIdAndWait(storage, storageVersion, { tags: { env: "changed" } }, fast);
  equal(changed.tags.env, "changed", "tag");
});
await step("resources.update", () => client.resources.beginUpdateAndWait(group, "Microsoft.OperationalInsights", "", "workspaces", "resource-suite", "2023-09-01", { tags: { a: "b" } }, fast));
await step("resources.list", async () => isTrue((await all(client.resources.list())).length >= 2, "both are listed"));
await step("resources.list filtered", async () => equal(
  (await all(client.resources.list({ filter: "resourceType eq 'Microsoft.Storage/storageAccounts'" }))).map((one) => one.name), ["resourcesuite"], "names"));
await step("resources.listByResourceGroup", async () => equal((await all(client.resources.listByResourceGroup(group, { filter: "tagName eq 'env' and tagValue eq 'changed'" }))).length, 1, "count"));
await pending("resources.validateMoveResources", () => client.resources.beginValidateMoveResourcesAndWait(
  group, { resources: [storage], targetResourceGroup: groupId.replace(group, other) }, fast));
await pending("resources.moveResources", async () => {
  await client.resources.beginMoveResourcesAndWait(group, { resources: [storage], targetResourceGroup: groupId.replace(group, other) }, fast);
  await client.resources.beginMoveResourcesAndWait(other, { resources: [storage.replace(`/${group}/`, `/${other}/`)], targetResourceGroup: groupId }, fast);
});
await step("resourceGroups.exportTemplate", async () => {
  const exported = await client.resourceGroups.beginExportTemplateAndWait(group, { resources: ["*"], options: "SkipAllParameterization" }, fast);
  isTrue(exported.template.resources.length >= 2, "template has the resources");
});

await step("providers.list", async () => isTrue((await all(client.providers.list())).some((one) => one.namespace === "Microsoft.MachineLearningServices"), "namespace is listed"));
await step("providers.get", async () => isTrue((await client.providers.get("Microsoft.MachineLearningServices")).resourceTypes.some((one) => one.resourceType === "workspaces"), "type is listed"));
await step("providers.register", async () => equal((await client.providers.register("Microsoft.MachineLearningServices")).namespace, "Microsoft.MachineLearningServices", "namespace"));
await step("providers.unregister", () => client.providers.unregister("Microsoft.Cdn"));
await pending("providers.listAtTenantScope", () => all(client.providers.listAtTenantScope()));
await pending("providers.getAtTenantScope", () => client.providers.getAtTenantScope("Microsoft.Storage"));
await pending("providers.providerPermissions", () => client.providers.providerPermissions("Microsoft.Storage"));
await pending("providerResourceTypes.list", () => client.providerResourceTypes.list("Microsoft.Storage"));
await refused("providers.get of none", 404, "InvalidResourceNamespace", () => client.providers.get("Microsoft.Nothing"));
await pending("operations.list", () => all(client.operations.list()));

await step("tags at a scope", async () => {
  await client.tagsOperations.beginCreateOrUpdateAtScopeAndWait(storage, { properties: { tags: { a: "1" } } }, fast);
  await client.tagsOperations.beginUpdateAtScopeAndWait(storage, { operation: "Merge", properties: { tags: { b: "2" } } }, fast);
  equal((await client.tagsOperations.getAtScope(storage)).properties.tags, { a: "1", b: "2" }, "tags");
  await client.tagsOperations.beginDeleteAtScopeAndWait(storage, fast);
});
await step("tags of the subscription", async () => {
  await client.tagsOperations.createOrUpdate("cost");
  await client.tagsOperations.createOrUpdateValue("cost", "phi");
  isTrue((await all(client.tagsOperations.list())).some((one) => one.tagName === "cost"), "tag name is listed");
  await client.tagsOperations.deleteValue("cost", "phi");
  await client.tagsOperations.delete("cost");
});

await step("resources.deleteById", () => client.resources.beginDeleteByIdAndWait(storage, storageVersion, fast));
await step("resources.delete", () => client.resources.beginDeleteAndWait(group, "Microsoft.OperationalInsights", "", "workspaces", "resource-suite", "2023-09-01", fast));
await refused("resources.getById of none", 404, "ResourceNotFound", () => client.resources.getById(storage, storageVersion));
await step("resourceGroups.delete", async () => {
  await client.resourceGroups.beginDeleteAndWait(group, fast);
  await client.resourceGroups.beginDeleteAndWait(other, fast);
  equal((await client.resourceGroups.checkExistence(group)).body, false, "exists");
});
finish("@azure/arm-resources");
