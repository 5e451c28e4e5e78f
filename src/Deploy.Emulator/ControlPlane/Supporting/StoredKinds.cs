namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Types that are stored and nothing else, but that answer in a way of their own.</summary>
internal static class StoredKinds
{
    private static readonly string[] PlainOk =
    [
        $"{ResourceTypes.StorageAccount}/blobServices", $"{ResourceTypes.StorageAccount}/fileServices", $"{ResourceTypes.StorageAccount}/queueServices",
        $"{ResourceTypes.StorageAccount}/tableServices", $"{ResourceTypes.StorageAccount}/managementPolicies", $"{ResourceTypes.StorageAccount}/inventoryPolicies",
        $"{ResourceTypes.StorageAccount}/localUsers", $"{ResourceTypes.StorageAccount}/objectReplicationPolicies",
        $"{ResourceTypes.StorageAccount}/blobServices/containers/immutabilityPolicies",
        $"{ResourceTypes.Vault}/keys",
        $"{ResourceTypes.LogAnalytics}/savedSearches",
    ];

    private static readonly string[] NoContent = [$"{ResourceTypes.StorageAccount}/queueServices/queues", $"{ResourceTypes.StorageAccount}/tableServices/tables"];

    public static IEnumerable<ResourceBehaviour> All =>
    [
        .. PlainOk.Select(type => new PlainOkBehaviour(type)), .. NoContent.Select(type => new NoContentBehaviour(type)), new VaultSecretBehaviour(), new PolicyAssignmentBehaviour(),
    ];
}
