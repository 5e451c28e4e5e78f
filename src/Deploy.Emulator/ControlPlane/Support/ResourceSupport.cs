using Deploy.Emulator.ControlPlane.Supporting;

namespace Deploy.Emulator.ControlPlane.Support;

internal static class ResourceSupport
{
    private static readonly SupportProof Library = new("Azure.ResourceManager", "ArmTests.ArmClient_GroupsAndGenericResources_WalkTheirLife");

    public static SupportArea Area { get; } = new()
    {
        Title = "Other resources",
        Notes =
        [
            "Every other type and api-version of Azure.Bicep.Types.Az: PUT, GET, HEAD, PATCH, DELETE, lists; bodies and names validated with every fault in `details`; write-only values never " +
            "returned; systemData, identities, provisioningState; ETags with `If-Match` and `If-None-Match`; extension resources at any scope. Such a type has no behaviour of its own.",
        ],
        Rows =
        [
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.StorageAccount, "computed properties, unique names", "ArmTests", Library),
            SupportRow.Of("POST", ResourceTypes.StorageAccount + "/listKeys", "two keys"),
            SupportRow.Of("POST", ResourceTypes.StorageAccount + "/regenerateKey", "either key"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.Vault, "unique names, soft delete, recovery by `createMode`, purge protection", "SoftDeleteTests", "DocumentedErrorTests"),
            SupportRow.Of("GET LIST", "Microsoft.KeyVault/locations/deletedVaults", "and `purge`", "SoftDeleteTests.Vault_Recovered_HasItsPropertiesAgain_ProtectedOnesAreNotPurged"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.LogAnalytics, "deleted ones come back in place within 14 days, and hold their name elsewhere; `force`", "SoftDeleteTests"),
            SupportRow.Of("POST", ResourceTypes.LogAnalytics + "/sharedKeys", "two keys"),
            SupportRow.Of("LIST", "Microsoft.OperationalInsights/deletedWorkspaces", "of the subscription or a group", "SoftDeleteTests"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.Component, "instrumentation key, connection string", "LeastPrivilegeTests"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.Registry, "unique names"),
            SupportRow.Of("POST", ResourceTypes.Registry + "/listCredentials", "with the admin user only"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.CognitiveAccount, "control plane only; unique subdomains, soft delete, `restore`", "SoftDeleteTests", "DocumentedErrorTests"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.AccountDeployment, "stored; refused are models that the catalog does not offer, tokens above `quota.json`, and with `--lifecycle real` deprecated and retired models", "AccountDeploymentTests", "DocumentedErrorTests"),
            SupportRow.Of("POST", ResourceTypes.CognitiveAccount + "/listKeys", "two keys"),
            SupportRow.Of("GET LIST DELETE", "Microsoft.CognitiveServices/deletedAccounts", "DELETE purges", "SoftDeleteTests.Account_DeletedListedRestoredAndPurged"),
            SupportRow.Of("PUT GET PATCH DELETE LIST", ResourceTypes.UserAssignedIdentity, "a principal in the directory", "PagingTests"),
            SupportRow.Of("PUT GET DELETE LIST", ResourceTypes.DiagnosticSetting, "a sink once per category and resource, five settings", "MonitoringTests"),
            SupportRow.Of("PUT GET DELETE LIST", ResourceTypes.AutoscaleSetting, "capacities in order, steps within them; nothing is scaled", "MonitoringTests"),
            SupportRow.Of("PUT GET DELETE LIST", ResourceTypes.Budget, "amount, dates, a start that stays; nothing is spent", "MonitoringTests"),
            .. StoredKinds.All.Select(kind => SupportRow.Of("PUT GET DELETE LIST", kind.Type, "stored, and answered with the statuses of its service")),
        ],
        Missing = ["actions of types without behaviour", "data planes of storage, vaults and logs"],
    };
}
