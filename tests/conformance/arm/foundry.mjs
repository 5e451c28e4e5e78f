// What @azure/arm-machinelearning is too old for: hubs, projects, serverless endpoints and marketplace subscriptions, through @azure/arm-resources as generic resources.
import { ResourceManagementClient } from "@azure/arm-resources";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { credential, equal, fast, finish, group, groupId, isTrue, location, options, refused, step, subscription, tenant } from "./suite.mjs";

const client = new ResourceManagementClient(credential, subscription, options);
const version = "2024-10-01";
const workspaces = `${groupId}/providers/Microsoft.MachineLearningServices/workspaces`;
const [hub, project] = [`${workspaces}/suite-hub`, `${workspaces}/suite-project`];
const storageAccount = `${groupId}/providers/Microsoft.Storage/storageAccounts/foundrysuite`;
const keyVault = `${groupId}/providers/Microsoft.KeyVault/vaults/foundrysuite`;
const put = (id, body, apiVersion = version) => client.resources.beginCreateOrUpdateByIdAndWait(id, apiVersion, body, fast);
const get = (id) => client.resources.getById(id, version);
const remove = (id) => client.resources.beginDeleteByIdAndWait(id, version, fast);

// The client has no method for actions and lists of types it does not know; its pipeline takes any request.
async function send(method, path, body) {
  const request = createPipelineRequest({ url: `${options.endpoint}${path}?api-version=${version}`, method, headers: createHttpHeaders({ "Content-Type": "application/json" }) });
  if (body) request.body = JSON.stringify(body);
  const response = await client.sendRequest(request);
  const answer = response.bodyAsText ? JSON.parse(response.bodyAsText) : {};
  if (response.status >= 400) throw Object.assign(new Error(answer.error?.message), { statusCode: response.status, code: answer.error?.code });
  return answer;
}

await client.resourceGroups.createOrUpdate(group, { location });
await put(storageAccount, { location, kind: "StorageV2", sku: { name: "Standard_LRS" } }, "2024-01-01");
await put(keyVault, { location, properties: { tenantId: tenant, sku: { family: "A", name: "standard" } } }, "2024-11-01");

const identity = { type: "SystemAssigned" };
await step("hub", async () => equal((await put(hub, { location, kind: "Hub", identity, properties: { storageAccount, keyVault } })).kind, "Hub", "kind"));
await step("project", async () => {
  await put(project, { location, kind: "Project", identity, properties: { hubResourceId: hub } });
  equal((await get(project)).properties.hubResourceId, hub, "hub");
});
const serverless = `${project}/serverlessEndpoints/suite-mini`;
const endpoint = (model) => ({ location, sku: { name: "Consumption" }, properties: { authMode: "Key", modelSettings: { modelId: `azureml://registries/azureml/models/${model}` } } });
await step("serverlessEndpoints", async () => {
  await put(serverless, endpoint("Phi-3-mini-4k-instruct"));
  const made = await get(serverless);
  equal([made.properties.provisioningState, made.properties.endpointState], ["Succeeded", "Online"], "state");
  equal((await send("GET", `${project}/serverlessEndpoints`)).value.length, 1, "count");
});
await step("serverlessEndpoints keys", async () => {
  const before = await send("POST", `${serverless}/listKeys`);
  const after = await send("POST", `${serverless}/regenerateKeys`, { keyType: "Secondary" });
  isTrue(before.primaryKey === after.primaryKey && before.secondaryKey !== after.secondaryKey, "the second key is new, the first is not");
});
await step("serverlessEndpoints.update", () => client.resources.beginUpdateByIdAndWait(serverless, version, { tags: { env: "test" } }, fast));
await refused("serverlessEndpoints of a model that nobody has", 400, undefined, () => put(`${project}/serverlessEndpoints/none`, endpoint("No-Such-Model")));
const marketplace = `${project}/marketplaceSubscriptions/suite-mistral`;
await step("marketplaceSubscriptions", async () => {
  await put(marketplace, { properties: { modelId: "azureml://registries/azureml-mistral/models/Mistral-large" } });
  equal((await get(marketplace)).properties.provisioningState, "Succeeded", "state");
  equal((await send("GET", `${project}/marketplaceSubscriptions`)).value.length, 1, "count");
  await remove(marketplace);
});
const connection = `${hub}/connections/suite`;
await step("connections", async () => {
  await put(connection, { properties: { category: "AzureOpenAI", target: "https://suite.openai.azure.com", authType: "ApiKey", credentials: { key: "secret" } } });
  isTrue((await get(connection)).properties.credentials?.key === undefined, "the key is not shown");
  equal((await send("POST", `${connection}/listsecrets`)).properties.credentials.key, "secret", "key");
  equal((await send("GET", `${hub}/connections`)).value.length, 1, "count");
  await client.resources.beginUpdateByIdAndWait(connection, version, { properties: { category: "AzureOpenAI", authType: "ApiKey", target: "https://changed.openai.azure.com" } }, fast);
  await remove(connection);
});
await step("outboundRules", async () => equal((await send("GET", `${hub}/outboundRules`)).value, [], "rules"));
await step("deployments", async () => {
  const template = { $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", contentVersion: "1.0.0.0", resources: [
    { type: "Microsoft.ManagedIdentity/userAssignedIdentities", apiVersion: "2023-01-31", name: "suite-identity", location },
  ] };
  const deployment = `${groupId}/providers/Microsoft.Resources/deployments/suite`;
  const made = await put(deployment, { properties: { mode: "Incremental", template } }, "2024-03-01");
  equal(made.properties.provisioningState, "Succeeded", "state");
  await client.resources.getById(deployment, "2024-03-01");
  await client.resources.beginDeleteByIdAndWait(deployment, "2024-03-01", fast);
});
await step("serverlessEndpoints.delete", () => remove(serverless));
await step("projects and hubs are deleted", async () => {
  await remove(project);
  await remove(hub);
});
finish("@azure/arm-resources");
