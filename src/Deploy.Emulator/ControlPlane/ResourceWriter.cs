using System.Text.Json.Nodes;
using Deploy.ArmTypes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Takes one PUT or PATCH through everything that Azure checks and makes, in Azure's order.</summary>
internal sealed class ResourceWriter(Cloud cloud, Behaviours behaviours, AccessControl access, Operations operations, OperationAnswers answers)
{
    private readonly WriteChecks _checks = new(cloud);

    public ArmResponse Write(ArmPath path, WriteRequest request)
    {
        if (path.Subscription is { } subscription && !subscription.Equals(cloud.Identity.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.SubscriptionNotFound(subscription);
        }

        if (cloud.Types.Find(path.Type, request.ApiVersion) is not { } type)
        {
            return cloud.Types.TypesOf(path.Namespace!).Count == 0
                ? ArmErrors.InvalidNamespace(path.Namespace!)
                : ArmErrors.InvalidType(path.Type, request.ApiVersion, cloud.Types.ApiVersions(path.Type));
        }

        return cloud.Providers.CheckRegistered(path.Namespace!)
            ?? _checks.Place(path, type, out var id)
            ?? WriteChecks.Body(type, path, request.Body)
            ?? access.CheckLinked(request.Caller, path, request.Body)
            ?? Store(path, type, id, request, isPatch: false);
    }

    public ArmResponse Patch(ArmPath path, StoredResource existing, WriteRequest request)
    {
        if (cloud.Types.Find(path.Type, request.ApiVersion) is not { } type)
        {
            return ArmErrors.InvalidType(path.Type, request.ApiVersion, cloud.Types.ApiVersions(path.Type));
        }

        var merged = type.ForWrite(existing.Body);
        ResourceEnvelope.Merge(merged, request.Body, isTop: true);

        // What another api-version has written stays; only this one's part is the client's to answer for.
        var shown = type.ForThisVersion(type.ForWrite(existing.Body));
        ResourceEnvelope.Merge(shown, request.Body, isTop: true);
        return WriteChecks.Body(type, path, shown) ?? access.CheckLinked(request.Caller, path, request.Body) ?? Store(path, type, existing.Id, request with { Body = merged }, isPatch: true);
    }

    private ArmResponse Store(ArmPath path, ArmResourceType type, string id, WriteRequest request, bool isPatch)
    {
        var body = request.Body;
        var existing = cloud.Store.Get(id);
        if (_checks.Location(path, type, existing, body, out var location) is { } misplaced)
        {
            return misplaced;
        }

        if ((request.Conditions.Check(existing) ?? CheckIdle(existing)) is { } refused)
        {
            return refused;
        }

        var write = new WriteContext
        {
            Cloud = cloud,
            Path = path,
            Type = type,
            Id = id,
            Location = location,
            Existing = existing,
            Deleted = existing is null ? cloud.Store.Deleted(id, cloud.Now) : null,
            Caller = request.Caller,
            Body = body,
            Resource = ResourceEnvelope.Of(id, path.Name, type, body, location),
            WriteOther = (other, apiVersion, content) =>
                access.Check(request.Caller, new ArmAction($"{other.Type}/write", other.Id))
                ?? Write(other, new WriteRequest(apiVersion, content, new WriteConditions(null, null), request.Caller)),
        };
        var behaviour = behaviours.For(type.Name);
        if ((behaviour.Check(write) ?? ResourceEnvelope.AddIdentity(write)) is { } fault)
        {
            return fault;
        }

        var style = existing is null ? behaviour.CreateStyle : behaviour.UpdateStyle;
        ResourceEnvelope.AddStamps(write, style);
        write.Recover();
        behaviour.Complete(write);
        var stored = new StoredResource
        {
            Id = id,
            Type = type.Name,
            Name = path.Name,
            Location = location,
            ApiVersion = type.ApiVersion,
            Body = write.Resource,
            Version = (existing?.Version ?? 0) + 1,
            CreatedAt = existing?.CreatedAt ?? cloud.Now,
        };
        cloud.Store.Put(stored);
        behaviour.Stored(write);
        cloud.Store.Put(stored);
        cloud.Store.Purge(id);
        return Answer(stored, behaviour, style, isNew: existing is null, isPatch);
    }

    private ArmResponse Answer(StoredResource stored, ResourceBehaviour behaviour, AsyncStyle style, bool isNew, bool isPatch)
    {
        var shown = behaviour.Present(stored, cloud);
        if (style == AsyncStyle.None)
        {
            return new ArmResponse(isNew ? behaviour.CreatedStatus : 200, shown).With("ETag", stored.ETag).AsWrite();
        }

        // A PATCH of a type with asynchronous updates is followed by Location, its PUT by Azure-AsyncOperation.
        var followed = isPatch ? AsyncStyle.Location : style;
        var status = followed == AsyncStyle.Location ? 202 : isNew ? 201 : 200;
        var operation = operations.Start(OperationKind.Write, stored);
        if (behaviour.ExpiresAt(stored) is { } end)
        {
            operations.Expire(stored, end);
        }

        return answers.Announce(new ArmResponse(status, shown).With("ETag", stored.ETag), operation, followed, stored, stored.ApiVersion);
    }

    private ArmResponse? CheckIdle(StoredResource? existing) =>
        existing is not null && cloud.Store.RunningOperation(existing.Id) is not null
            ? ArmErrors.Conflict($"Another operation on the resource '{existing.Name}' is in progress. Please try again when it has ended.")
            : null;
}
