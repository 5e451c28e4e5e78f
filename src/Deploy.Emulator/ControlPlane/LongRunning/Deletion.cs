using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.ControlPlane.LongRunning;

/// <summary>Takes resources away with everything that goes with them, and keeps the names that stay blocked.</summary>
internal sealed class Deletion(Cloud cloud, Behaviours behaviours)
{
    private const string Code = "OperationCanceled";
    private const string Reason = "Operation was canceled by another operation that has a higher priority.";
    private const int Conflict = 409;

    /// <param name="id">The resource, or a resource group.</param>
    /// <param name="purges">True when the name shall be free at once.</param>
    public void Remove(string id, bool purges)
    {
        if (cloud.Store.Get(id) is not { } resource)
        {
            return;
        }

        foreach (var gone in cloud.Store.Below(id).Append(resource))
        {
            foreach (var other in behaviours.For(gone.Type).AlsoDeleted(gone, cloud))
            {
                Remove(other.Id, purges);
            }

            Remember(gone, purges);
            if (cloud.Store.RunningOperation(gone.Id) is { Kind: OperationKind.Write or OperationKind.RegenerateKeys } running)
            {
                cloud.Store.Put(Cancelled(running, cloud.Now));
            }
        }

        cloud.Store.Remove(id);
    }

    /// <summary>An operation whose resource was deleted meanwhile, with what is above it: deletions come first.</summary>
    public static StoredOperation Cancelled(StoredOperation operation, DateTimeOffset now) => operation with
    {
        Status = "Canceled",
        EndsAt = now,
        Error = (operation.ResourceKey.Contains("/onlineendpoints/", StringComparison.Ordinal) ? DeploymentFailure.Of(Code, Reason, Conflict) : new OperationFailure(Code, Reason, Conflict)).ToJson(),
    };

    private void Remember(StoredResource resource, bool purges)
    {
        if (purges || behaviours.For(resource.Type).SoftDeleteFor(resource) is not { } retention)
        {
            return;
        }

        cloud.Store.Put(new SoftDeleted
        {
            Key = resource.Key,
            Type = resource.Type,
            Name = resource.Name,
            Location = resource.Location,
            Body = resource.Body,
            DeletedAt = cloud.Now,
            PurgeAt = cloud.Now + retention,
        });
    }
}
