namespace Deploy.Emulator.ControlPlane;

/// <summary>The types that have behaviour of their own, in their canonical spelling.</summary>
internal static class ResourceTypes
{
    public const string ResourceGroup = "Microsoft.Resources/resourceGroups";
    public const string Deployment = "Microsoft.Resources/deployments";
    public const string MachineLearning = "Microsoft.MachineLearningServices";
    public const string Workspace = MachineLearning + "/workspaces";
    public const string Connection = Workspace + "/connections";
    public const string ServerlessEndpoint = Workspace + "/serverlessEndpoints";
    public const string MarketplaceSubscription = Workspace + "/marketplaceSubscriptions";
    public const string OnlineEndpoint = Workspace + "/onlineEndpoints";
    public const string OnlineDeployment = OnlineEndpoint + "/deployments";
    public const string StorageAccount = "Microsoft.Storage/storageAccounts";
    public const string Vault = "Microsoft.KeyVault/vaults";
    public const string LogAnalytics = "Microsoft.OperationalInsights/workspaces";
    public const string Component = "Microsoft.Insights/components";
    public const string Registry = "Microsoft.ContainerRegistry/registries";
    public const string CognitiveAccount = "Microsoft.CognitiveServices/accounts";
    public const string AccountDeployment = CognitiveAccount + "/deployments";
    public const string RoleAssignment = "Microsoft.Authorization/roleAssignments";
    public const string RoleDefinition = "Microsoft.Authorization/roleDefinitions";
    public const string DiagnosticSetting = "Microsoft.Insights/diagnosticSettings";
    public const string AutoscaleSetting = "Microsoft.Insights/autoscaleSettings";
    public const string Budget = "Microsoft.Consumption/budgets";
    public const string UserAssignedIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities";
}
