// Azure Machine Learning, as @azure/arm-machinelearning asks for it: workspaces, endpoints, assets, computes, datastores, usages.
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, fast, finish, group, groupId, isTrue, location, options, pending, refused, step, subscription } from "./suite.mjs";

const client = new AzureMachineLearningWorkspaces(credential, subscription, options);
const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
const workspace = "suite-workspace";
const storageAccount = `${groupId}/providers/Microsoft.Storage/storageAccounts/mlsuitestore`;
const keyVault = `${groupId}/providers/Microsoft.KeyVault/vaults/mlsuite-vault`;
const applicationInsights = `${groupId}/providers/Microsoft.Insights/components/mlsuite`;
const model = "azureml://registries/azureml/models/Phi-3-medium-128k-instruct/versions/7";

await setup.resourceGroups.createOrUpdate(group, { location });
await setup.resources.beginCreateOrUpdateByIdAndWait(storageAccount, "2024-01-01", { location, kind: "StorageV2", sku: { name: "Standard_LRS" } }, fast);
await setup.resources.beginCreateOrUpdateByIdAndWait(
  keyVault, "2024-11-01", { location, properties: { tenantId: process.env.AZURE_TENANT_ID, sku: { family: "A", name: "standard" } } }, fast);
await setup.resources.beginCreateOrUpdateByIdAndWait(applicationInsights, "2020-02-02", { location, kind: "web", properties: { Application_Type: "web" } }, fast);

await step("workspaces.createOrUpdate", async () => {
  const made = await client.workspaces.beginCreateOrUpdateAndWait(
    group, workspace, { location, identity: { type: "SystemAssigned" }, storageAccount, keyVault, applicationInsights, friendlyName: "suite" }, fast);
  equal([made.provisioningState, made.friendlyName], ["Succeeded", "suite"], "workspace");
});
await step("workspaces.get", async () => isTrue((await client.workspaces.get(group, workspace)).identity.principalId, "it has an identity"));
await step("workspaces.listByResourceGroup", async () => equal((await all(client.workspaces.listByResourceGroup(group))).map((one) => one.name), [workspace], "names"));
await step("workspaces.listBySubscription", async () => equal((await all(client.workspaces.listBySubscription())).length, 1, "count"));
await step("workspaces.update", async () => equal((await client.workspaces.beginUpdateAndWait(group, workspace, { tags: { env: "test" } }, fast)).tags.env, "test", "tag"));
await step("workspaces.listKeys", async () => isTrue((await client.workspaces.listKeys(group, workspace)).userStorageKey, "it has the storage account's key"));
await step("workspaces.resyncKeys", () => client.workspaces.beginResyncKeysAndWait(group, workspace, fast));
await step("workspaces.diagnose", async () => isTrue((await client.workspaces.beginDiagnoseAndWait(group, workspace, fast)).value, "it has a verdict"));
await pending("workspaces.listNotebookAccessToken", () => client.workspaces.listNotebookAccessToken(group, workspace));
await pending("workspaces.prepareNotebook", () => client.workspaces.beginPrepareNotebookAndWait(group, workspace, fast));
await pending("workspaces.listNotebookKeys", () => client.workspaces.listNotebookKeys(group, workspace));
await pending("workspaces.listStorageAccountKeys", () => client.workspaces.listStorageAccountKeys(group, workspace));
await pending("workspaces.listOutboundNetworkDependenciesEndpoints", () => client.workspaces.listOutboundNetworkDependenciesEndpoints(group, workspace));
await pending("workspaceFeatures.list", () => all(client.workspaceFeatures.list(group, workspace)));
await pending("privateLinkResources.list", () => client.privateLinkResources.list(group, workspace));
await step("privateEndpointConnections.list", () => all(client.privateEndpointConnections.list(group, workspace)));
await refused("workspaces.get of none", 404, "ResourceNotFound", () => client.workspaces.get(group, "none"));
await pending("operations.list", () => all(client.operations.list()));

await step("usages.list", async () => isTrue((await all(client.usages.list(location))).length > 0, "there are usages"));
await step("quotas.list", async () => isTrue((await all(client.quotas.list(location))).length > 0, "there are quotas"));
await step("quotas.update", () => client.quotas.update(location, { value: [] }));
await step("virtualMachineSizes.list", async () => isTrue((await client.virtualMachineSizes.list(location)).value.some((one) => one.name === "Standard_NC48ads_A100_v4"), "size is listed"));

await step("workspaceConnections", async () => {
  await client.workspaceConnections.create(group, workspace, "git", { properties: { category: "GitRepository", target: "https://git.example", authType: "PAT", credentials: { pat: "secret" } } });
  equal((await client.workspaceConnections.get(group, workspace, "git")).properties.category, "GitRepository", "category");
  equal((await all(client.workspaceConnections.list(group, workspace))).length, 1, "count");
  await client.workspaceConnections.delete(group, workspace, "git");
});

// Assets: a container and its versions, of every kind.
const assets = {
  model: [{}, { modelType: "custom_model", modelUri: "azureml://datastores/blob/paths/model", description: "1" }],
  data: [{ dataType: "uri_folder" }, { dataType: "uri_folder", dataUri: "azureml://datastores/blob/paths/data" }],
  code: [{}, { codeUri: "https://mlsuitestore.blob.core.windows.net/code/1" }],
  environment: [{}, { image: "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04" }],
  component: [{}, { componentSpec: { name: "train", version: "1", type: "command", command: "echo" } }],
};
for (const [kind, [container, version]] of Object.entries(assets)) {
  const [containers, versions] = [client[`${kind}Containers`], client[`${kind}Versions`]];
  const name = `suite-${kind}`;
  await step(`${kind}Containers`, async () => {
    await containers.createOrUpdate(group, workspace, name, { properties: { description: "suite", ...container } });
    equal((await containers.get(group, workspace, name)).properties.description, "suite", "description");
    equal((await all(containers.list(group, workspace))).map((one) => one.name), [name], "names");
  });
  await step(`${kind}Versions`, async () => {
    await versions.createOrUpdate(group, workspace, name, "1", { properties: version });
    equal((await versions.get(group, workspace, name, "1")).name, "1", "name");
    equal((await all(versions.list(group, workspace, name))).length, 1, "count");
    await versions.delete(group, workspace, name, "1");
  });
  await step(`${kind}Containers.delete`, () => containers.delete(group, workspace, name));
}

await step("datastores", async () => {
  const blob = { datastoreType: "AzureBlob", accountName: "mlsuitestore", containerName: "data", credentials: { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey", key: "a2V5" } } };
  await client.datastores.createOrUpdate(group, workspace, "blob", { properties: blob }, { skipValidation: true });
  equal((await client.datastores.get(group, workspace, "blob")).properties.accountName, "mlsuitestore", "account");
  equal((await all(client.datastores.list(group, workspace))).length, 1, "count");
});
await pending("datastores.listSecrets", () => client.datastores.listSecrets(group, workspace, "blob"));
await step("datastores.delete", () => client.datastores.delete(group, workspace, "blob"));

await step("computeOperations", async () => {
  const properties = { computeType: "AmlCompute", properties: { vmSize: "Standard_DS3_v2", scaleSettings: { minNodeCount: 0, maxNodeCount: 1 } } };
  await client.computeOperations.beginCreateOrUpdateAndWait(group, workspace, "cpu", { location, properties }, fast);
  equal((await client.computeOperations.get(group, workspace, "cpu")).properties.computeType, "AmlCompute", "type");
  equal((await all(client.computeOperations.list(group, workspace))).length, 1, "count");
});
await step("computeOperations.update", () => client.computeOperations.beginUpdateAndWait(
  group, workspace, "cpu", { properties: { properties: { scaleSettings: { minNodeCount: 0, maxNodeCount: 2 } } } }, fast));
await pending("computeOperations.listNodes", () => all(client.computeOperations.listNodes(group, workspace, "cpu")));
await pending("computeOperations.listKeys", () => client.computeOperations.listKeys(group, workspace, "cpu"));
await pending("computeOperations.stop", () => client.computeOperations.beginStopAndWait(group, workspace, "cpu", fast));
await pending("computeOperations.start", () => client.computeOperations.beginStartAndWait(group, workspace, "cpu", fast));
await pending("computeOperations.restart", () => client.computeOperations.beginRestartAndWait(group, workspace, "cpu", fast));
await step("computeOperations.delete", () => client.computeOperations.beginDeleteAndWait(group, workspace, "cpu", "Delete", fast));

await step("jobs", async () => {
  await client.jobs.createOrUpdate(group, workspace, "job", { properties: { jobType: "Command", command: "echo", environmentId: "azureml:env:1", computeId: "cpu" } });
  equal((await client.jobs.get(group, workspace, "job")).properties.jobType, "Command", "type");
  equal((await all(client.jobs.list(group, workspace))).length, 1, "count");
});
await pending("jobs.cancel", () => client.jobs.beginCancelAndWait(group, workspace, "job", fast));
await step("jobs.delete", () => client.jobs.beginDeleteAndWait(group, workspace, "job", fast));
await step("schedules", async () => {
  const properties = {
    action: { actionType: "CreateJob", jobDefinition: { jobType: "Command", command: "echo", environmentId: "azureml:env:1", computeId: "cpu" } },
    trigger: { triggerType: "Cron", expression: "0 0 * * *" },
  };
  await client.schedules.beginCreateOrUpdateAndWait(group, workspace, "nightly", { properties }, fast);
  await client.schedules.get(group, workspace, "nightly");
  equal((await all(client.schedules.list(group, workspace))).length, 1, "count");
  await client.schedules.beginDeleteAndWait(group, workspace, "nightly", fast);
});

const endpoint = "suite-online";
await step("onlineEndpoints.createOrUpdate", async () => {
  const made = await client.onlineEndpoints.beginCreateOrUpdateAndWait(
    group, workspace, endpoint, { location, identity: { type: "SystemAssigned" }, properties: { authMode: "Key" } }, fast);
  equal(made.properties.provisioningState, "Succeeded", "state");
});
await step("onlineEndpoints.get", async () => isTrue((await client.onlineEndpoints.get(group, workspace, endpoint)).properties.scoringUri.endsWith("/score"), "it has a scoring URI"));
await step("onlineEndpoints.list", async () => equal((await all(client.onlineEndpoints.list(group, workspace))).length, 1, "count"));
await step("onlineDeployments.createOrUpdate", async () => {
  const properties = { endpointComputeType: "Managed", model, instanceType: "Standard_NC48ads_A100_v4", appInsightsEnabled: false };
  const made = await client.onlineDeployments.beginCreateOrUpdateAndWait(
    group, workspace, endpoint, "blue", { location, sku: { name: "Default", capacity: 1 }, properties }, fast);
  equal(made.properties.provisioningState, "Succeeded", "state");
});
await step("onlineDeployments.get", async () => equal((await client.onlineDeployments.get(group, workspace, endpoint, "blue")).sku.capacity, 1, "capacity"));
await step("onlineDeployments.list", async () => equal((await all(client.onlineDeployments.list(group, workspace, endpoint))).length, 1, "count"));
await step("onlineDeployments.update", () => client.onlineDeployments.beginUpdateAndWait(group, workspace, endpoint, "blue", { sku: { name: "Default", capacity: 2 } }, fast));
await step("onlineDeployments.getLogs", async () => isTrue((await client.onlineDeployments.getLogs(group, workspace, endpoint, "blue", { containerType: "InferenceServer", tail: 10 })).content.length > 0, "there are lines"));
await step("onlineDeployments.listSkus", () => all(client.onlineDeployments.listSkus(group, workspace, endpoint, "blue")));
await step("onlineEndpoints.update", () => client.onlineEndpoints.beginUpdateAndWait(group, workspace, endpoint, { tags: { env: "test" } }, fast));
await step("onlineEndpoints.listKeys and regenerateKeys", async () => {
  const before = await client.onlineEndpoints.listKeys(group, workspace, endpoint);
  await client.onlineEndpoints.beginRegenerateKeysAndWait(group, workspace, endpoint, { keyType: "Primary" }, fast);
  const after = await client.onlineEndpoints.listKeys(group, workspace, endpoint);
  isTrue(before.primaryKey !== after.primaryKey && before.secondaryKey === after.secondaryKey, "the first key is new, the second is not");
});
await step("onlineEndpoints.getToken", async () => {
  await client.onlineEndpoints.beginCreateOrUpdateAndWait(group, workspace, "suite-token", { location, identity: { type: "SystemAssigned" }, properties: { authMode: "AMLToken" } }, fast);
  isTrue((await client.onlineEndpoints.getToken(group, workspace, "suite-token")).accessToken.split(".").length === 3, "it is a JWT");
  await client.onlineEndpoints.beginDeleteAndWait(group, workspace, "suite-token", fast);
});
await step("onlineDeployments.delete", () => client.onlineDeployments.beginDeleteAndWait(group, workspace, endpoint, "blue", fast));
await step("onlineEndpoints.delete", () => client.onlineEndpoints.beginDeleteAndWait(group, workspace, endpoint, fast));

await step("batchEndpoints", async () => {
  await client.batchEndpoints.beginCreateOrUpdateAndWait(group, workspace, "suite-batch", { location, properties: { authMode: "AADToken" } }, fast);
  await client.batchEndpoints.get(group, workspace, "suite-batch");
  equal((await all(client.batchEndpoints.list(group, workspace))).length, 1, "count");
});
await step("batchDeployments", async () => {
  await client.batchDeployments.beginCreateOrUpdateAndWait(group, workspace, "suite-batch", "one", { location, properties: { compute: "cpu" } }, fast);
  await client.batchDeployments.get(group, workspace, "suite-batch", "one");
  equal((await all(client.batchDeployments.list(group, workspace, "suite-batch"))).length, 1, "count");
  await client.batchDeployments.beginUpdateAndWait(group, workspace, "suite-batch", "one", { tags: { a: "b" } }, fast);
  await client.batchDeployments.beginDeleteAndWait(group, workspace, "suite-batch", "one", fast);
});
await pending("batchEndpoints.listKeys", () => client.batchEndpoints.listKeys(group, workspace, "suite-batch"));
await step("batchEndpoints.update", () => client.batchEndpoints.beginUpdateAndWait(group, workspace, "suite-batch", { tags: { a: "b" } }, fast));
await step("batchEndpoints.delete", () => client.batchEndpoints.beginDeleteAndWait(group, workspace, "suite-batch", fast));

await step("workspaces.delete", async () => {
  await client.workspaces.beginDeleteAndWait(group, workspace, fast);
  equal((await all(client.workspaces.listByResourceGroup(group))).length, 0, "count");
});
finish("@azure/arm-machinelearning");
