namespace Deploy.Emulator.ControlPlane.Support;

internal static class MachineLearningSupport
{
    private const string Endpoints = ResourceTypes.OnlineEndpoint;
    private const string Locations = ResourceTypes.MachineLearning + "/locations";

    public static SupportArea Area { get; } = new()
    {
        Title = "Azure Machine Learning",
        Notes =
        [
            "Asynchronous operations: `Azure-AsyncOperation` for PUT of endpoints, deployments and marketplace subscriptions; `Location` for their PATCH and DELETE, and for workspaces. " +
            "They take `--operation-delay`, and can be made to fail or to stall.",
        ],
        Rows =
        [
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.Workspace,
                "hub, project, inheritance, dependencies, cascading delete, soft delete for 14 days, `forceToPurge`, recovery by `allowRecoverSoftDeletedWorkspace`", "WorkspaceTests", "SoftDeleteTests"),
            SupportRow.Of("POST", ResourceTypes.Workspace + "/listKeys", "storage and insights keys", "AccessTests.Reader_OfAGroup_ReadsThereAndWritesNowhere"),
            SupportRow.Of("POST", ResourceTypes.Workspace + "/provisionManagedNetwork", "at once; also by `provisionNetworkNow`, and without it deployments fail behind an isolated hub",
                "DeploymentErrorTests.ManagedNetwork_Provisioned_LetsDeploymentsStart"),
            SupportRow.Of("POST", ResourceTypes.Workspace + "/resyncKeys", "nothing to do locally"),
            SupportRow.Of("POST", ResourceTypes.Workspace + "/diagnose", "finds nothing"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.Connection, "credentials come out of `listsecrets` only", "ArmTests.Connection_Credentials_ComeFromListSecretsOnly"),
            SupportRow.Of("POST", ResourceTypes.Connection + "/listsecrets", "with credentials", "ArmTests.Connection_Credentials_ComeFromListSecretsOnly"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.ServerlessEndpoint, "region and model checks, unique names, one per model and project, states", "ServerlessEndpointTests", "DocumentedErrorTests"),
            SupportRow.Of("POST", ResourceTypes.ServerlessEndpoint + "/listKeys", "two keys", "ServerlessEndpointTests"),
            SupportRow.Of("POST", ResourceTypes.ServerlessEndpoint + "/regenerateKeys", "the old key closes", "ServerlessEndpointTests.Keys_Regenerated_OpenAndClose"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.MarketplaceSubscription, "for models of other publishers"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", Endpoints, "identity, unique names, traffic, providers it needs, shared quota that ends after 168 hours", "OnlineEndpointTests", "QuotaTests"),
            SupportRow.Of("POST", Endpoints + "/listKeys", "two keys", "OnlineEndpointTests"),
            SupportRow.Of("POST", Endpoints + "/regenerateKeys", "either key"),
            SupportRow.Of("POST", Endpoints + "/token", "opens that endpoint only", "OnlineEndpointTests.Token_EntraEndpoint_OpensThatEndpointOnly"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.OnlineDeployment,
                "model, VM size, instances, quota of subscription and workspace with the 20 % reserve and Azure's error, conflicts while the endpoint changes; network, image, code, roles and secrets that are not there fail the operation",
                "OnlineEndpointTests", "DocumentedErrorTests", "DeploymentErrorTests"),
            SupportRow.Of("POST", ResourceTypes.OnlineDeployment + "/getLogs", "a few lines"),
            SupportRow.Of("LIST", ResourceTypes.OnlineDeployment + "/skus", "the instances allowed", "QuotaTests.DeploymentSkus_NameTheInstancesAllowed"),
            SupportRow.Of("LIST", Locations + "/usages", "cores in use, of workspaces with a quota too", "QuotaTests"),
            SupportRow.Of("LIST", Locations + "/quotas", "from the catalog and `quota.json`", "QuotaTests"),
            SupportRow.Of("POST", Locations + "/updateQuotas", "workspace quotas, with every status of the reference that applies; the subscription's own limits stay", "QuotaTests"),
            SupportRow.Of("LIST", Locations + "/vmSizes", "from the catalog"),
        ],
        Missing = ["Kubernetes compute", "jobs, data, environments and model registries"],
    };
}
