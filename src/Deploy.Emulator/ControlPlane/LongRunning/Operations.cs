using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.LongRunning;

/// <summary>Starts and ends asynchronous operations. They end when they are due and the next request looks, so they survive a restart.</summary>
internal sealed class Operations(Cloud cloud, Behaviours behaviours, Deletion deletion)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private static readonly string[] StatusSegments = ["mfeOperationsStatus", "mfeOperationResults", "workspaceOperationsStatus", "operationStatuses", "operationResults", "asyncoperations"];

    public static bool IsPoll(ArmPath path) =>
        path is { Namespace: not null, Trailing: null, Pairs: [{ } first, { } second] }
        && first.Type.Equals("locations", StringComparison.OrdinalIgnoreCase)
        && StatusSegments.Contains(second.Type, StringComparer.OrdinalIgnoreCase);

    public void SettleDue()
    {
        foreach (var operation in cloud.Store.DueOperations(cloud.Now))
        {
            if (cloud.Store.Get(operation.ResourceKey) is { } resource)
            {
                var ended = WithFailure(operation, resource);
                End(ended, resource);
                cloud.Store.Put(ended with { Status = FailureOf(ended) is null ? "Succeeded" : "Failed" });
            }
            else
            {
                cloud.Store.Put(IsDeletion(operation.Kind) ? operation with { Status = "Succeeded" } : deletion.Cancelled(operation, cloud.Now));
            }
        }
    }

    public StoredOperation Start(OperationKind kind, StoredResource resource, bool purges = false)
    {
        var outcome = cloud.Script.For(kind, resource.Type, resource.Key) ?? new OperationOutcome();
        var operation = new StoredOperation
        {
            Id = Guid.NewGuid().ToString(),
            Kind = kind,
            ResourceKey = resource.Key,
            StartedAt = cloud.Now,
            EndsAt = outcome.Stalls ? DateTimeOffset.MaxValue : cloud.Now + (outcome.Delay ?? OptionsScript.DelayOf(cloud.Options, resource.Type)),
            Status = "InProgress",
            Purges = purges,
            Error = outcome.Failure?.ToJson(),
        };
        cloud.Store.ForgetOperations(cloud.Now - KeptFor);
        cloud.Store.Put(operation);
        return operation;
    }

    /// <summary>Has a resource deleted at a moment, without anybody waiting for it.</summary>
    public void Expire(StoredResource resource, DateTimeOffset at) => cloud.Store.Put(new StoredOperation
    {
        Id = Guid.NewGuid().ToString(),
        Kind = OperationKind.Expire,
        ResourceKey = resource.Key,
        StartedAt = cloud.Now,
        EndsAt = at,
        Status = "InProgress",
        Purges = true,
    });

    /// <summary>How an ended operation failed; null when it did not. A template deployment carries the error itself.</summary>
    public JsonObject? FailureOf(StoredOperation operation) => operation.Error ?? (
        operation.Kind == OperationKind.Write && cloud.Store.Get(operation.ResourceKey)?.Properties is { } properties && (string?)properties["provisioningState"] == "Failed"
            ? properties["error"] as JsonObject
            : null);

    // What a script has decided at the start stands; else the cloud decides at the end, so that what was put right meanwhile counts.
    private StoredOperation WithFailure(StoredOperation operation, StoredResource resource) => operation is { Kind: OperationKind.Write, Error: null }
        ? operation with { Error = behaviours.For(resource.Type).FailureOf(resource, cloud)?.ToJson() }
        : operation;

    private static bool IsDeletion(OperationKind kind) => kind is OperationKind.Delete or OperationKind.Expire;

    private void End(StoredOperation operation, StoredResource resource)
    {
        if (operation.Error is not null)
        {
            Change(resource, "Failed", properties => behaviours.For(resource.Type).Fail(properties, operation.Kind));
            return;
        }

        switch (operation.Kind)
        {
            case OperationKind.Write:
                Change(resource, "Succeeded", behaviours.For(resource.Type).Settle);
                break;
            case OperationKind.Delete:
            case OperationKind.Expire when behaviours.For(resource.Type).ExpiresAt(resource) <= cloud.Now:
                deletion.Remove(operation.ResourceKey, operation.Purges);
                break;
        }
    }

    private void Change(StoredResource resource, string state, Action<JsonObject> more)
    {
        var properties = resource.Properties;
        if (properties.ContainsKey("provisioningState"))
        {
            properties["provisioningState"] = state;
        }

        more(properties);
        cloud.Store.Put(resource with { Version = resource.Version + 1 });
    }
}
