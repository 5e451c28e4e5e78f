// Policy definitions, sets and assignments, as @azure/arm-policy asks for them.
import { PolicyClient } from "@azure/arm-policy";
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, finish, group, groupId, location, options, step, subscription } from "./suite.mjs";

const client = new PolicyClient(credential, subscription, options);
const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
const scope = `/subscriptions/${subscription}`;
const definition = `${scope}/providers/Microsoft.Authorization/policyDefinitions/only-here`;
const policyRule = { if: { field: "location", notEquals: location }, then: { effect: "audit" } };
await setup.resourceGroups.createOrUpdate(group, { location });

await step("policyDefinitions", async () => {
  await client.policyDefinitions.createOrUpdate("only-here", { policyType: "Custom", mode: "Indexed", displayName: "Only here", policyRule });
  equal((await client.policyDefinitions.get("only-here")).displayName, "Only here", "name");
  equal((await all(client.policyDefinitions.list())).some((one) => one.name === "only-here"), true, "listed");
});
await step("policyDefinitions.listBuiltIn", () => all(client.policyDefinitions.listBuiltIn()));
await step("policySetDefinitions", async () => {
  await client.policySetDefinitions.createOrUpdate("set", { policyType: "Custom", displayName: "Set", policyDefinitions: [{ policyDefinitionId: definition }] });
  equal((await client.policySetDefinitions.get("set")).displayName, "Set", "name");
  await all(client.policySetDefinitions.list());
  await client.policySetDefinitions.delete("set");
});
await step("policyAssignments", async () => {
  await client.policyAssignments.create(groupId, "assigned", { policyDefinitionId: definition, displayName: "Assigned" });
  equal((await client.policyAssignments.get(groupId, "assigned")).displayName, "Assigned", "name");
  await client.policyAssignments.update(groupId, "assigned", { location });
  await all(client.policyAssignments.list());
  equal((await all(client.policyAssignments.listForResourceGroup(group))).some((one) => one.name === "assigned"), true, "listed");
  await client.policyAssignments.delete(groupId, "assigned");
});
await step("policyDefinitions.delete", () => client.policyDefinitions.delete("only-here"));
finish("@azure/arm-policy");
