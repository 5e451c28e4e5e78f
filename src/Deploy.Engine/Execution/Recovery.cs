using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>
/// Finds out how operations ended that a killed run had begun, and brings the state up to date before anything is planned. Creations that left no trace are
/// remembered with their inputs, so that the next attempt uses the same name.
/// </summary>
internal sealed class Recovery(ProviderRegistry providers, EventStream events)
{
    private const string Interrupted = "an earlier run was interrupted while it changed this resource";

    private readonly Dictionary<Urn, PropertyMap> _lostCreations = [];

    /// <summary>Checked inputs of creations that left no trace.</summary>
    public IReadOnlyDictionary<Urn, PropertyMap> LostCreations => _lostCreations;

    /// <summary>Resolves every pending operation.</summary>
    /// <exception cref="DeployException">A provider could not tell; nothing has been changed.</exception>
    public async Task<Snapshot> ResolveAsync(Snapshot snapshot, CancellationToken abort)
    {
        foreach (var provider in snapshot.Resources.Where(resource => ProviderReference.PackageOf(resource.Urn) is not null))
        {
            providers.Register(provider);
        }

        var answers = await Task.WhenAll(snapshot.PendingOperations.Select(pending => AskAsync(pending, abort)));
        var places = snapshot.Resources.Select(resource => new List<ResourceState> { resource }).ToList();
        for (var index = 0; index < answers.Length; index++)
        {
            Resolve(snapshot.Resources, places, snapshot.PendingOperations[index], answers[index]);
        }

        // Through the builder once more, for what was renamed.
        return new SnapshotBuilder(snapshot with { Resources = [.. places.SelectMany(place => place)], PendingOperations = [] }).Build();
    }

    private async Task<RecoverResponse?> AskAsync(PendingOperation pending, CancellationToken abort)
    {
        if (Operation(pending.Type) is not { } operation)
        {
            return null;
        }

        events.Message(pending.Resource.Urn, DiagnosticSeverity.Info, $"finding out how {Word(pending.Type)} ended, which an earlier run had begun");
        return await (await providers.GetAsync(pending.Resource.Provider)).RecoverAsync(pending, operation, abort);
    }

    /// <summary>
    /// Puts the answer into the state. A successor goes where its predecessor is: what it needs was written by the same run and comes before all that is older,
    /// and what needs it comes after the predecessor.
    /// </summary>
    private void Resolve(IReadOnlyList<ResourceState> resources, List<List<ResourceState>> places, PendingOperation pending, RecoverResponse? answer)
    {
        var wanted = pending.Resource;
        var at = Find(resources, wanted, pending.Type);
        switch (pending.Type)
        {
            case PendingOperationType.Creating when answer is null:
                _lostCreations[wanted.Urn] = wanted.Inputs;
                break;
            case PendingOperationType.Creating when at is null:
                places.Add([Now(wanted, answer)]);
                break;
            case PendingOperationType.Creating when resources[at.Value].PendingReplacement:
                places[at.Value] = [Now(wanted, answer)];
                break;
            case PendingOperationType.Creating:
                places[at.Value] = [Now(wanted, answer), resources[at.Value] with { Delete = true }];
                break;
            case PendingOperationType.Updating when at is not null:
                places[at.Value] = answer is null ? [] : [Now(wanted, answer) with { Delete = resources[at.Value].Delete }];
                break;
            case PendingOperationType.Deleting when at is not null && answer is null:
                places[at.Value] = [];
                break;
            default:
                break;
        }
    }

    private static ResourceState Now(ResourceState wanted, RecoverResponse answer) => wanted with
    {
        Id = answer.Id,
        Outputs = answer.Outputs,
        InitErrors = answer.InitErrors.Count > 0 || answer.Completed ? answer.InitErrors : [Interrupted],
    };

    private static int? Find(IReadOnlyList<ResourceState> resources, ResourceState wanted, PendingOperationType type)
    {
        for (var index = 0; index < resources.Count; index++)
        {
            var resource = resources[index];
            var matches = type == PendingOperationType.Creating
                ? !resource.Delete && (resource.Urn == wanted.Urn || wanted.Aliases.Contains(resource.Urn))
                : resource.Id == wanted.Id && (resource.Urn == wanted.Urn || wanted.Aliases.Contains(resource.Urn));
            if (matches)
            {
                return index;
            }
        }

        return null;
    }

    private static InterruptedOperation? Operation(PendingOperationType type) => type switch
    {
        PendingOperationType.Creating => InterruptedOperation.Create,
        PendingOperationType.Updating => InterruptedOperation.Update,
        PendingOperationType.Deleting => InterruptedOperation.Delete,
        _ => null,
    };

    private static string Word(PendingOperationType type) => type.ToString().ToLowerInvariant();
}
