using Deploy.Engine.State;

namespace Deploy.Engine.Execution;

/// <summary>One resource of the state while a run changes it.</summary>
internal sealed class LedgerEntry(int handle, ResourceState state, bool isOld)
{
    public int Handle => handle;

    /// <summary>Whether it was there before the run.</summary>
    public bool IsOld => isOld;

    public ResourceState State { get; set; } = state;

    /// <summary>Whether the run has met the resource: what nobody has met at the end is deleted.</summary>
    public bool IsSeen { get; set; }

    public bool IsGone { get; set; }

    /// <summary>Set while another resource's replacement takes this one away: whoever wants it waits until that is done.</summary>
    public TaskCompletionSource? Leaving { get; set; }
}

/// <summary>
/// The state of the stack during a run: every change goes to the journal first and then into memory. What is about to be called, and what a call has led to,
/// survives a power cut when the method has returned. A preview has no journal. Safe for concurrent use.
/// </summary>
internal sealed class StateLedger
{
    private readonly Lock _gate = new();
    private readonly SnapshotBuilder _builder;
    private readonly Journal? _journal;
    private readonly List<LedgerEntry> _old = [];
    private readonly Dictionary<Urn, LedgerEntry> _alive = [];
    private readonly Dictionary<Urn, LedgerEntry> _new = [];
    private long _operations;

    public StateLedger(Snapshot snapshot, Journal? journal)
    {
        _builder = new(snapshot);
        _journal = journal;
        for (var handle = 0; handle < snapshot.Resources.Count; handle++)
        {
            var entry = new LedgerEntry(handle, snapshot.Resources[handle], isOld: true);
            _old.Add(entry);
            if (!entry.State.Delete)
            {
                _alive[entry.State.Urn] = entry;
            }
        }
    }

    /// <summary>What was there before the run and is not gone, in the order of the state.</summary>
    public IReadOnlyList<LedgerEntry> Old
    {
        get
        {
            lock (_gate)
            {
                return [.. _old.Where(entry => !entry.IsGone)];
            }
        }
    }

    /// <summary>Everything that is there at this moment, of before and of this run.</summary>
    public IReadOnlyList<LedgerEntry> Current
    {
        get
        {
            lock (_gate)
            {
                return [.. _new.Values.Concat(_old).Where(entry => !entry.IsGone)];
            }
        }
    }

    /// <summary>Reserves a resource for deletion by another one's replacement; false when the program has registered it already.</summary>
    public bool TryReserve(LedgerEntry entry)
    {
        lock (_gate)
        {
            if (entry.IsSeen || entry.Leaving is not null)
            {
                return false;
            }

            entry.Leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Waits until no replacement of another resource is taking this one away.</summary>
    public Task WhenSettledAsync(Urn urn, IReadOnlyList<Urn> aliases)
    {
        lock (_gate)
        {
            return Task.WhenAll(aliases.Prepend(urn).Select(name => _alive.GetValueOrDefault(name)?.Leaving?.Task ?? Task.CompletedTask));
        }
    }

    /// <summary>Finds the resource under its URN or the first alias that is in state, and marks it as met.</summary>
    public LedgerEntry? Claim(Urn urn, IReadOnlyList<Urn> aliases)
    {
        lock (_gate)
        {
            var entry = aliases.Prepend(urn).Select(name => _alive.GetValueOrDefault(name)).FirstOrDefault(found => found is { IsGone: false });
            if (entry is { IsSeen: true })
            {
                throw new Deploy.Core.DeployException(EngineErrors.InvalidRegistration.With($"{urn} claims {entry.State.Urn}, which another resource of the program is already"));
            }

            if (entry is not null)
            {
                entry.IsSeen = true;
            }

            return entry;
        }
    }

    /// <summary>The resource as this run has left it; null when the run has not met it.</summary>
    public LedgerEntry? FindNew(Urn urn)
    {
        lock (_gate)
        {
            return _new.GetValueOrDefault(urn);
        }
    }

    public async Task<long> BeginAsync(PendingOperationType type, ResourceState resource)
    {
        long operation;
        lock (_gate)
        {
            operation = ++_operations;
            Apply(new OperationBegun(operation, new(resource, type, null)));
        }

        await SyncAsync();
        return operation;
    }

    public Task AcceptedAsync(long operation, Uri pollUrl)
    {
        lock (_gate)
        {
            Apply(new OperationPolled(operation, pollUrl));
        }

        return SyncAsync();
    }

    public void Drop(long operation)
    {
        lock (_gate)
        {
            Apply(new OperationDropped(operation));
        }
    }

    /// <summary>Writes a resource of this run.</summary>
    /// <param name="operation">The operation that ends with it; null when nothing was called.</param>
    /// <param name="state">The resource.</param>
    /// <param name="supersedes">The entry whose place it takes.</param>
    /// <param name="retires">The entry that it replaces and that is to be deleted later.</param>
    public async Task<LedgerEntry> WriteAsync(long? operation, ResourceState state, LedgerEntry? supersedes = null, LedgerEntry? retires = null)
    {
        var entry = Write(operation, state, supersedes, retires);
        await SyncAfterCallAsync(operation);
        return entry;
    }

    public Task ChangeAsync(long? operation, LedgerEntry entry, ResourceState state)
    {
        lock (_gate)
        {
            Apply(new ResourceChanged(operation, entry.Handle, state));
            entry.State = state;
        }

        return SyncAsync();
    }

    /// <param name="operation">The operation that ends with it; null when nothing was called.</param>
    /// <param name="entry">What is gone.</param>
    /// <param name="vanished">Whether somebody else took it away, so that resources which stay may still refer to it.</param>
    public Task RemoveAsync(long? operation, LedgerEntry entry, bool vanished = false)
    {
        lock (_gate)
        {
            Apply(new ResourceRemoved(operation, entry.Handle, vanished));
            entry.IsGone = true;
        }

        return SyncAfterCallAsync(operation);
    }

    public Snapshot Build()
    {
        lock (_gate)
        {
            return _builder.Build();
        }
    }

    private LedgerEntry Write(long? operation, ResourceState state, LedgerEntry? supersedes, LedgerEntry? retires)
    {
        lock (_gate)
        {
            var entry = new LedgerEntry(_builder.NewHandle(), state, isOld: false) { IsSeen = true };
            Apply(new ResourceWritten(operation, entry.Handle, state, supersedes?.Handle, retires?.Handle));
            _new[state.Urn] = entry;
            if (supersedes is not null)
            {
                supersedes.IsGone = true;
            }

            if (retires is not null)
            {
                retires.State = retires.State with { Delete = true };
            }

            return entry;
        }
    }

    private void Apply(StateChange change)
    {
        _journal?.Append(change);
        _builder.Apply(change);
    }

    private Task SyncAsync() => _journal?.SyncAsync() ?? Task.CompletedTask;

    /// <summary>Where nothing was called, nothing is lost that the next run would not find out again.</summary>
    private Task SyncAfterCallAsync(long? operation) => operation is null ? Task.CompletedTask : SyncAsync();
}
