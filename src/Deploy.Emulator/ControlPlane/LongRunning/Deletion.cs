using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.LongRunning;

/// <summary>Takes resources away with everything that goes with them, and keeps the names that stay blocked.</summary>
internal sealed class Deletion(Cloud cloud, Behaviours behaviours)
{
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
    public StoredOperation Cancelled(StoredOperation operation, DateTimeOffset now) => operation with
    {
        Status = "Canceled",
        EndsAt = now,
        Error = behaviours.For(ArmPath.OfId(operation.ResourceKey).Type).Failure("OperationCanceled", "Operation was canceled by another operation that has a higher priority.", 409).ToJson(),
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
