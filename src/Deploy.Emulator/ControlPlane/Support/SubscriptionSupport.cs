namespace Deploy.Emulator.ControlPlane.Support;

internal static class SubscriptionSupport
{
    private static readonly SupportProof Library = new("Azure.ResourceManager", "ArmTests.ArmClient_GroupsAndGenericResources_WalkTheirLife");
    private static readonly SupportProof Paged = new("Azure.ResourceManager", "PagingTests.ArmClient_PagesOfOne_AreFollowed");

    public static SupportArea Area { get; } = new()
    {
        Title = "Subscription and resource groups",
        Notes =
        [
            "Every list pages (1,000 entries, `$top`), linked by `nextLink` with an opaque token. A `$filter` that is not understood is refused with the part that is not. Answers carry " +
            "`x-ms-ratelimit-remaining-*`, counted by Azure's buckets and not enforced.",
        ],
        Rows =
        [
            SupportRow.Of("GET LIST", "/subscriptions", "one subscription", "IdentityTests", Library),
            SupportRow.Of("LIST", "/tenants", "one tenant", "SubscriptionTests.RateLimitHeaders_CountDownAndRefill"),
            SupportRow.Of("LIST", "/subscriptions/{id}/locations", "the catalog's regions", "ArmTests.Providers_Register_AnswersRegistered"),
            SupportRow.Of("GET LIST", "/subscriptions/{id}/providers", "registration state, types, api-versions", "SubscriptionTests.Provider_Unregistered_RefusesWritesUntilRegistered"),
            SupportRow.Of("POST", "/subscriptions/{id}/providers/{ns}/register", "and `unregister`: writes of a provider that is not registered answer `MissingSubscriptionRegistration`",
                "SubscriptionTests.Provider_Unregistered_RefusesWritesUntilRegistered"),
            SupportRow.Of("LIST", "/subscriptions/{id}/resources",
                "also of a group; `$filter` with resourceType, name, location, resourceGroup, tagName, tagValue, `substringof`, `startswith`, `eq`, `ne`, `and`, `or`, brackets; " +
                "`$expand` createdTime, changedTime, provisioningState", "ResourceListTests", Library),
            SupportRow.Of("PUT GET HEAD PATCH DELETE LIST", "Microsoft.Resources/resourceGroups", "asynchronous delete of everything inside; filter by name and tag", "ResourceListTests", Library, Paged),
            SupportRow.Of("POST", "Microsoft.Resources/resourceGroups/exportTemplate", "literal names and ids, `dependsOn` by parent", "SubscriptionTests.ExportTemplate_OfAProject_CanBeReadAsATemplate"),
            SupportRow.Of("PUT GET PATCH DELETE", "Microsoft.Resources/tags", "of subscription, group and resource; Merge, Replace, Delete", "TagTests"),
            SupportRow.Of("PUT LIST DELETE", "/subscriptions/{id}/tagNames", "names and values", "TagTests.TagNames_PutListDelete"),
            SupportRow.Of("PUT GET DELETE LIST", "Microsoft.Resources/deployments", "incremental, inline, literal values; a failing resource fails the deployment",
                "OnlineEndpointTests.TemplateDeployment_TrafficRule_WritesTheEndpoint"),
            SupportRow.Of("POST", "Microsoft.Resources/deployments/cancel", "ends as `Canceled`; what was written stays", "OperationTests.TemplateDeployment_Cancelled_EndsAsCanceled"),
            SupportRow.Of("POST", "Microsoft.Storage/checkNameAvailability", "live accounts", "SubscriptionTests.CheckName_TakenInvalidOrFree_IsSaid"),
            SupportRow.Of("POST", "Microsoft.KeyVault/checkNameAvailability", "live and deleted vaults", "SubscriptionTests.CheckName_TakenInvalidOrFree_IsSaid"),
            SupportRow.Of("POST", "Microsoft.ContainerRegistry/checkNameAvailability", "live registries", "SubscriptionTests.CheckName_TakenInvalidOrFree_IsSaid"),
            SupportRow.Of("POST", "Microsoft.CognitiveServices/checkDomainAvailability", "subdomains of accounts", "SubscriptionTests.CheckDomain_OfAnAccount_IsTaken"),
        ],
        Missing = ["template expressions, parameters and nested deployments", "`whatIf` and `validate`", "deployments outside a resource group", "moving resources", "management groups", "locks", "policies"],
    };
}
