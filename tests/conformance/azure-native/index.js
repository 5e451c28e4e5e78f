"use strict";
const pulumi = require("@pulumi/pulumi");
const resources = require("@pulumi/azure-native/resources");
const storage = require("@pulumi/azure-native/storage");
const keyvault = require("@pulumi/azure-native/keyvault");
const authorization = require("@pulumi/azure-native/authorization");
const ml = require("@pulumi/azure-native/machinelearningservices");

const config = new pulumi.Config();
const client = authorization.getClientConfigOutput();

const group = new resources.ResourceGroup("judge");
const account = new storage.StorageAccount("judge", {
  resourceGroupName: group.name,
  kind: storage.Kind.StorageV2,
  sku: { name: storage.SkuName.Standard_LRS },
});
const vault = new keyvault.Vault("judge", {
  resourceGroupName: group.name,
  properties: {
    tenantId: client.tenantId,
    sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
    enableRbacAuthorization: true,
  },
});
const hub = new ml.Workspace("hub", {
  resourceGroupName: group.name,
  kind: "Hub",
  identity: { type: ml.ManagedServiceIdentityType.SystemAssigned },
  sku: { name: "Basic" },
  storageAccount: account.id,
  keyVault: vault.id,
});
const project = new ml.Workspace("project", {
  resourceGroupName: group.name,
  kind: "Project",
  identity: { type: ml.ManagedServiceIdentityType.SystemAssigned },
  sku: { name: "Basic" },
  hubResourceId: hub.id,
});
const endpoint = new ml.ServerlessEndpoint("mini", {
  resourceGroupName: group.name,
  workspaceName: project.name,
  sku: { name: "Consumption" },
  properties: {
    authMode: ml.ServerlessInferenceEndpointAuthMode.Key,
    modelSettings: { modelId: "azureml://registries/azureml/models/Phi-3-mini-4k-instruct" },
    contentSafety: { contentSafetyStatus: ml.ContentSafetyStatus.Enabled },
  },
});
const keys = ml.listServerlessEndpointKeysOutput({
  resourceGroupName: group.name,
  workspaceName: project.name,
  name: endpoint.name,
});

exports.greeting = config.require("greeting");
exports.hubId = hub.id;
exports.uri = endpoint.properties.apply(p => p.inferenceEndpoint.uri);
exports.key = pulumi.secret(keys.primaryKey);
