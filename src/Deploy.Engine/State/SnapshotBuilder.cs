namespace Deploy.Engine.State;

/// <summary>One change of a stack's state. The journal is the list of these; replaying it gives the state that the run had reached.</summary>
internal abstract record StateChange;

/// <summary>An operation begins.</summary>
internal sealed record OperationBegun(long Operation, PendingOperation Pending) : StateChange;

/// <summary>The service has accepted the operation and lets it be watched.</summary>
internal sealed record OperationPolled(long Operation, Uri PollUrl) : StateChange;

/// <summary>The operation ended without an effect.</summary>
internal sealed record OperationDropped(long Operation) : StateChange;

/// <summary>
/// A resource of this run is known: a new entry, which takes the place of <see cref="Supersedes"/>, or marks <see cref="Retires"/> for deletion, in the same breath.
/// </summary>
internal sealed record ResourceWritten(long? Operation, int Handle, ResourceState State, int? Supersedes, int? Retires) : StateChange;

/// <summary>An entry changes in its place.</summary>
internal sealed record ResourceChanged(long? Operation, int Handle, ResourceState State) : StateChange;

/// <summary>An entry is gone; with <see cref="Vanished"/> the references to it that are left go with it.</summary>
internal sealed record ResourceRemoved(long? Operation, int Handle, bool Vanished = false) : StateChange;

/// <summary>
/// The state of a stack while it changes. Resources of the run come first, in the order in which they completed, then those of before that nothing has
/// taken the place of. Handles of the latter are their indexes in the base; new ones count on from there. Not safe for concurrent use.
/// </summary>
internal sealed class SnapshotBuilder
{
    private readonly Snapshot _base;
    private readonly ResourceState?[] _old;
    private readonly List<int> _newOrder = [];
    private readonly Dictionary<int, ResourceState> _new = [];
    private readonly SortedDictionary<long, PendingOperation> _pending = [];
    private readonly HashSet<Urn> _vanished = [];
    private int _nextHandle;

    public SnapshotBuilder(Snapshot snapshot)
    {
        _base = snapshot;
        _old = [.. snapshot.Resources];
        _nextHandle = _old.Length;
        for (var index = 0; index < snapshot.PendingOperations.Count; index++)
        {
            _pending.Add(BasePending(index), snapshot.PendingOperations[index]);
        }
    }

    /// <summary>The number by which changes refer to a pending operation of the base.</summary>
    public static long BasePending(int index) => -1L - index;

    public int NewHandle() => _nextHandle++;

    public void Apply(StateChange change)
    {
        switch (change)
        {
            case OperationBegun begun:
                _pending[begun.Operation] = begun.Pending;
                break;
            case OperationPolled polled:
                _pending[polled.Operation] = _pending[polled.Operation] with { PollUrl = polled.PollUrl };
                break;
            case OperationDropped dropped:
                _pending.Remove(dropped.Operation);
                break;
            case ResourceWritten written:
                Write(written);
                break;
            case ResourceChanged changed:
                Change(changed);
                break;
            case ResourceRemoved removed:
                Remove(removed);
                break;
            default:
                throw new InvalidOperationException($"unknown change {change.GetType().Name}");
        }
    }

    public Snapshot Build()
    {
        var resources = _newOrder.Select(handle => _new[handle]).Concat(_old.OfType<ResourceState>()).ToList();
        return _base with { Resources = SnapshotOrder.Sort(Prune(RewriteAliases(resources))), PendingOperations = [.. _pending.Values] };
    }

    private void Write(ResourceWritten written)
    {
        End(written.Operation);
        _nextHandle = Math.Max(_nextHandle, written.Handle + 1);
        if (_new.TryAdd(written.Handle, written.State))
        {
            _newOrder.Add(written.Handle);
        }
        else
        {
            _new[written.Handle] = written.State;
        }

        if (written.Supersedes is { } old)
        {
            Clear(old);
        }

        if (written.Retires is { } retired && Find(retired) is { } state)
        {
            Set(retired, state with { Delete = true });
        }
    }

    private void Change(ResourceChanged changed)
    {
        End(changed.Operation);
        Set(changed.Handle, changed.State);
    }

    private ResourceState? Find(int handle) => handle < _old.Length ? _old[handle] : _new.GetValueOrDefault(handle);

    private void Set(int handle, ResourceState state)
    {
        if (handle < _old.Length)
        {
            _old[handle] = state;
        }
        else
        {
            _new[handle] = state;
        }
    }

    private void Remove(ResourceRemoved removed)
    {
        End(removed.Operation);
        if (removed.Vanished && Find(removed.Handle) is { } gone)
        {
            _vanished.Add(gone.Urn);
        }

        Clear(removed.Handle);
    }

    private void Clear(int handle)
    {
        if (handle < _old.Length)
        {
            _old[handle] = null;
        }
        else if (_new.Remove(handle))
        {
            _newOrder.Remove(handle);
        }
    }

    private void End(long? operation)
    {
        if (operation is { } number)
        {
            _pending.Remove(number);
        }
    }

    /// <summary>
    /// Nobody refers any more to what vanished and was not made again. An instance that is to be deleted does not stand in for the living one: only others that are to be
    /// deleted may have meant it.
    /// </summary>
    private List<ResourceState> Prune(List<ResourceState> resources)
    {
        var gone = _vanished.Except(resources.Where(resource => !resource.Delete).Select(resource => resource.Urn)).ToHashSet();
        if (gone.Count == 0)
        {
            return resources;
        }

        var goneWhole = gone.Except(resources.Select(resource => resource.Urn)).ToHashSet();
        return [.. resources.Select(resource => Without(resource, resource.Delete ? goneWhole : gone))];
    }

    private static ResourceState Without(ResourceState resource, HashSet<Urn> gone) => resource with
    {
        Parent = resource.Parent is { } parent && gone.Contains(parent) ? null : resource.Parent,
        DeletedWith = resource.DeletedWith is { } other && gone.Contains(other) ? null : resource.DeletedWith,
        Dependencies = [.. resource.Dependencies.Where(urn => !gone.Contains(urn))],
        PropertyDependencies = new SortedDictionary<string, IReadOnlyList<Urn>>(
            resource.PropertyDependencies.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<Urn>)[.. entry.Value.Where(urn => !gone.Contains(urn))]), StringComparer.Ordinal),
    };

    /// <summary>Whoever was known by another URN before is known by the new one everywhere, and its aliases are forgotten.</summary>
    private static List<ResourceState> RewriteAliases(List<ResourceState> resources)
    {
        var renamed = new Dictionary<Urn, Urn>();
        foreach (var resource in resources)
        {
            foreach (var alias in resource.Aliases)
            {
                renamed.TryAdd(alias, resource.Urn);
            }
        }

        return renamed.Count == 0 ? resources : [.. resources.Select(resource => Rewrite(resource, renamed))];
    }

    private static ResourceState Rewrite(ResourceState resource, Dictionary<Urn, Urn> renamed)
    {
        Urn New(Urn urn) => renamed.GetValueOrDefault(urn, urn);
        return resource with
        {
            Aliases = [],
            Parent = resource.Parent is null ? null : New(resource.Parent),
            Provider = ProviderReference.TryParse(resource.Provider) is { } reference ? (reference with { Urn = New(reference.Urn) }).ToString() : resource.Provider,
            DeletedWith = resource.DeletedWith is null ? null : New(resource.DeletedWith),
            Dependencies = [.. resource.Dependencies.Select(New)],
            PropertyDependencies = new SortedDictionary<string, IReadOnlyList<Urn>>(
                resource.PropertyDependencies.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<Urn>)[.. entry.Value.Select(New)]), StringComparer.Ordinal),
        };
    }
}
