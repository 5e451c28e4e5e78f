// Role definitions and assignments, as @azure/arm-authorization asks for them.
import { randomUUID } from "node:crypto";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, fast, finish, group, groupId, isTrue, location, options, pending, refused, step, subscription } from "./suite.mjs";

const client = new AuthorizationManagementClient(credential, subscription, options);
const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
const storage = `${groupId}/providers/Microsoft.Storage/storageAccounts/authorizationsuite`;
const scope = `/subscriptions/${subscription}`;
const reader = `${scope}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
const body = () => ({ roleDefinitionId: reader, principalId: randomUUID(), principalType: "ServicePrincipal" });
await setup.resourceGroups.createOrUpdate(group, { location });
await setup.resources.beginCreateOrUpdateByIdAndWait(storage, "2024-01-01", { location, kind: "StorageV2", sku: { name: "Standard_LRS" } }, fast);

await step("roleDefinitions.list", async () => isTrue((await all(client.roleDefinitions.list(scope))).some((one) => one.roleName === "Azure AI Developer"), "role is listed"));
await step("roleDefinitions.list of a group", async () => isTrue((await all(client.roleDefinitions.list(groupId))).length > 0, "there are roles"));
await step("roleDefinitions.list by name", async () => equal((await all(client.roleDefinitions.list(scope, { filter: "roleName eq 'Reader'" }))).map((one) => one.roleName), ["Reader"], "names"));
await step("roleDefinitions.get", async () => equal((await client.roleDefinitions.get(scope, "acdd72a7-3385-48ef-bd42-f606fba81ae7")).roleName, "Reader", "name"));
await step("roleDefinitions.getById", () => client.roleDefinitions.getById(reader.slice(1)));
await step("roleDefinitions of one's own", async () => {
  const id = randomUUID();
  await client.roleDefinitions.createOrUpdate(scope, id, { roleName: "Suite", roleType: "CustomRole", permissions: [{ actions: ["*/read"], notActions: [] }], assignableScopes: [scope] });
  equal((await client.roleDefinitions.get(scope, id)).roleName, "Suite", "name");
  await client.roleDefinitions.delete(scope, id);
});
for (const [where, at] of [["subscription", scope], ["resource group", groupId], ["resource", storage]]) {
  await step(`roleAssignments at a ${where}`, async () => {
    const name = randomUUID();
    const made = await client.roleAssignments.create(at, name, body());
    equal((await client.roleAssignments.get(at, name)).principalId, made.principalId, "principal");
    isTrue((await all(client.roleAssignments.listForScope(at))).some((one) => one.name === name), "it is listed");
    await client.roleAssignments.delete(at, name);
  });
}
await step("roleAssignments by id", async () => {
  const id = `${groupId}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  await client.roleAssignments.createById(id, body());
  await client.roleAssignments.getById(id);
  await client.roleAssignments.deleteById(id);
});
await step("roleAssignments.listForSubscription", () => all(client.roleAssignments.listForSubscription()));
await step("roleAssignments.listForResourceGroup", () => all(client.roleAssignments.listForResourceGroup(group)));
await step("roleAssignments.listForResource", () => all(client.roleAssignments.listForResource(group, "Microsoft.Storage", "storageAccounts", "authorizationsuite")));
await refused("roleAssignments twice", 409, "RoleAssignmentExists", async () => {
  const same = body();
  await client.roleAssignments.create(groupId, randomUUID(), same);
  await client.roleAssignments.create(groupId, randomUUID(), same);
});
await step("permissions.listForResourceGroup", async () => isTrue((await all(client.permissions.listForResourceGroup(group))).some((one) => one.actions.includes("*")), "everything is allowed"));
await step("permissions.listForResource", () => all(client.permissions.listForResource(group, "Microsoft.Storage", "", "storageAccounts", "authorizationsuite")));
await step("denyAssignments.list", async () => equal(await all(client.denyAssignments.list()), [], "none"));
await step("denyAssignments.listForResourceGroup", () => all(client.denyAssignments.listForResourceGroup(group)));
await step("denyAssignments.listForScope", () => all(client.denyAssignments.listForScope(storage)));
await pending("classicAdministrators.list", () => all(client.classicAdministrators.list()));
await pending("providerOperationsMetadataOperations.list", () => all(client.providerOperationsMetadataOperations.list()));
await pending("providerOperationsMetadataOperations.get", () => client.providerOperationsMetadataOperations.get("Microsoft.Storage"));
await pending("eligibleChildResources.list", () => all(client.eligibleChildResources.list(scope.slice(1))));
await step("roleAssignmentSchedules.listForScope", () => all(client.roleAssignmentSchedules.listForScope(scope)));
await step("roleEligibilitySchedules.listForScope", () => all(client.roleEligibilitySchedules.listForScope(scope)));
await step("roleManagementPolicies.listForScope", () => all(client.roleManagementPolicies.listForScope(scope)));
await step("roleManagementPolicyAssignments.listForScope", () => all(client.roleManagementPolicyAssignments.listForScope(scope)));
finish("@azure/arm-authorization");
