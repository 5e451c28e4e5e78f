// Identities, registries, workspaces for logs and AI services beside the hub; one client each.
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { ContainerRegistryManagementClient } from "@azure/arm-containerregistry";
import { ManagedServiceIdentityClient } from "@azure/arm-msi";
import { OperationalInsightsManagementClient } from "@azure/arm-operationalinsights";
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, fast, finish, group, groupId, isTrue, location, options, pending, step, subscription } from "./suite.mjs";

const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
await setup.resourceGroups.createOrUpdate(group, { location });

async function identities() {
  const client = new ManagedServiceIdentityClient(credential, subscription, options);
  const { userAssignedIdentities: identities, federatedIdentityCredentials: credentials } = client;
  await step("userAssignedIdentities", async () => {
    isTrue((await identities.createOrUpdate(group, "suite", { location })).principalId, "it has a principal");
    equal((await identities.get(group, "suite")).tenantId, process.env.AZURE_TENANT_ID, "tenant");
    equal((await all(identities.listByResourceGroup(group))).length, 1, "count");
    equal((await all(identities.listBySubscription())).length, 1, "count");
    await identities.update(group, "suite", { tags: { env: "test" } });
  });
  await step("federatedIdentityCredentials", async () => {
    await credentials.createOrUpdate(group, "suite", "github", { issuer: "https://token.actions.githubusercontent.com", subject: "repo:contoso/phi:environment:prod", audiences: ["api://AzureADTokenExchange"] });
    equal((await credentials.get(group, "suite", "github")).subject, "repo:contoso/phi:environment:prod", "subject");
    equal((await all(credentials.list(group, "suite"))).length, 1, "count");
    await credentials.delete(group, "suite", "github");
  });
  await step("userAssignedIdentities.delete", () => identities.delete(group, "suite"));
  await pending("operations.list", () => all(client.operations.list()));
}

async function registries() {
  const client = new ContainerRegistryManagementClient(credential, subscription, options);
  const name = "suiteregistry";
  await step("registries.checkNameAvailability", async () => equal((await client.registries.checkNameAvailability({ name, type: "Microsoft.ContainerRegistry/registries" })).nameAvailable, true, "available"));
  await step("registries", async () => {
    const made = await client.registries.beginCreateAndWait(group, name, { location, sku: { name: "Standard" }, adminUserEnabled: true }, fast);
    equal(made.loginServer, `${name}.azurecr.io`, "server");
    await client.registries.get(group, name);
    equal((await all(client.registries.list())).length + (await all(client.registries.listByResourceGroup(group))).length, 2, "count");
    await client.registries.beginUpdateAndWait(group, name, { tags: { env: "test" } }, fast);
  });
  await step("registries.listCredentials", async () => equal((await client.registries.listCredentials(group, name)).passwords.length, 2, "count"));
  await pending("registries.regenerateCredential", () => client.registries.regenerateCredential(group, name, { name: "password" }));
  await pending("registries.listUsages", () => client.registries.listUsages(group, name));
  await step("registries below", async () => {
    for (const list of [client.replications, client.webhooks, client.scopeMaps, client.tokens, client.cacheRules]) await all(list.list(group, name));
  });
  await step("registries.delete", () => client.registries.beginDeleteAndWait(group, name, fast));
}

async function logs() {
  const client = new OperationalInsightsManagementClient(credential, subscription, options);
  const name = "suite-logs";
  await step("workspaces of logs", async () => {
    const made = await client.workspaces.beginCreateOrUpdateAndWait(group, name, { location, sku: { name: "PerGB2018" }, retentionInDays: 30 }, fast);
    isTrue(made.customerId, "it has an id");
    await client.workspaces.get(group, name);
    equal((await all(client.workspaces.list())).length + (await all(client.workspaces.listByResourceGroup(group))).length, 2, "count");
    await client.workspaces.update(group, name, { tags: { env: "test" } });
  });
  await step("sharedKeys", async () => isTrue((await client.sharedKeysOperations.getSharedKeys(group, name)).primarySharedKey, "there is a key"));
  await pending("sharedKeys.regenerate", () => client.sharedKeysOperations.regenerate(group, name));
  await step("savedSearches", async () => {
    await client.savedSearches.createOrUpdate(group, name, "errors", { category: "suite", displayName: "Errors", query: "Event | take 10" });
    equal((await client.savedSearches.get(group, name, "errors")).displayName, "Errors", "name");
    await client.savedSearches.delete(group, name, "errors");
  });
  await step("tables.listByWorkspace", () => all(client.tables.listByWorkspace(group, name)));
  await step("linkedServices.listByWorkspace", () => all(client.linkedServices.listByWorkspace(group, name)));
  await step("dataExports.listByWorkspace", () => all(client.dataExports.listByWorkspace(group, name)));
  await step("workspaces.delete", () => client.workspaces.beginDeleteAndWait(group, name, fast));
  await step("deletedWorkspaces.list", async () => equal((await all(client.deletedWorkspaces.list())).map((one) => one.name), [name], "names"));
  await step("deletedWorkspaces.listByResourceGroup", async () => equal((await all(client.deletedWorkspaces.listByResourceGroup(group))).length, 1, "count"));
}

async function services() {
  const client = new CognitiveServicesManagementClient(credential, subscription, options);
  const name = "suite-services";
  await step("accounts", async () => {
    const made = await client.accounts.beginCreateAndWait(group, name, { location, kind: "AIServices", sku: { name: "S0" }, identity: { type: "SystemAssigned" }, properties: { customSubDomainName: name } }, fast);
    equal(made.properties.provisioningState, "Succeeded", "state");
    await client.accounts.get(group, name);
    equal((await all(client.accounts.list())).length + (await all(client.accounts.listByResourceGroup(group))).length, 2, "count");
    await client.accounts.beginUpdateAndWait(group, name, { tags: { env: "test" } }, fast);
  });
  await pending("accounts keys", async () => {
    const before = await client.accounts.listKeys(group, name);
    const after = await client.accounts.regenerateKey(group, name, "Key1");
    isTrue(before.key1 !== after.key1 && before.key2 === after.key2, "the first key is new, the second is not");
  });
  await step("deployments of a model", async () => {
    await client.deployments.beginCreateOrUpdateAndWait(
      group, name, "phi", { sku: { name: "GlobalStandard", capacity: 1 }, properties: { model: { format: "Microsoft", name: "Phi-4-mini-instruct", version: "1" } } }, fast);
    await client.deployments.get(group, name, "phi");
    equal((await all(client.deployments.list(group, name))).length, 1, "count");
    await client.deployments.beginDeleteAndWait(group, name, "phi", fast);
  });
  await pending("accounts.listModels", () => all(client.accounts.listModels(group, name)));
  await pending("accounts.listUsages", () => client.accounts.listUsages(group, name));
  await pending("accounts.listSkus", () => client.accounts.listSkus(group, name));
  await pending("models.list", () => all(client.models.list(location)));
  await pending("usages.list", () => all(client.usages.list(location)));
  await step("checkDomainAvailability", () => client.checkDomainAvailability("suite-free", "Microsoft.CognitiveServices/accounts"));
  await step("accounts.delete", () => client.accounts.beginDeleteAndWait(group, name, fast));
  await step("deletedAccounts", async () => {
    equal((await all(client.deletedAccounts.list())).map((one) => one.name), [name], "names");
    await client.deletedAccounts.get(location, group, name);
  });
  await step("deletedAccounts.purge", () => client.deletedAccounts.beginPurgeAndWait(location, group, name, fast));
}

const suites = {
  identities: ["@azure/arm-msi", identities],
  registries: ["@azure/arm-containerregistry", registries],
  logs: ["@azure/arm-operationalinsights", logs],
  services: ["@azure/arm-cognitiveservices", services],
};
const [client, run] = suites[process.argv[2]];
await run();
finish(client);
