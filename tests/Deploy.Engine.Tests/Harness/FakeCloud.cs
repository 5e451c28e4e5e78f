using System.Collections.Concurrent;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Harness;

/// <summary>A cloud of named things: what exists, and what was asked of it.</summary>
internal sealed class FakeCloud
{
    public ConcurrentDictionary<string, PropertyMap> Things { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Faults by "verb name", thrown before anything happens.</summary>
    public ConcurrentDictionary<string, Exception> Faults { get; } = new();

    /// <summary>Called at each moment at which a process could be killed.</summary>
    public Action<string> Moment { get; set; } = static _ => { };

    /// <summary>Awaited inside operations, by "verb name".</summary>
    public ConcurrentDictionary<string, Task> Waits { get; } = new();

    public FakeCloud Clone()
    {
        var copy = new FakeCloud();
        foreach (var (id, thing) in Things)
        {
            copy.Things[id] = thing;
        }

        return copy;
    }

    public async Task EnterAsync(string verb, string name, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{verb} {name}");
        if (Waits.TryGetValue($"{verb} {name}", out var wait))
        {
            await wait.WaitAsync(cancellationToken);
        }

        if (Faults.TryGetValue($"{verb} {name}", out var fault))
        {
            throw fault;
        }
    }
}

/// <summary>Things named <c>name</c> (drawn from the seed when not given) in a <c>zone</c> that cannot change; <c>size</c> and the rest can.</summary>
internal sealed class FakeProvider(FakeCloud cloud) : IResourceProvider
{
    private static readonly Uri PollUrl = new("https://cloud.test/operations/1");

    public PropertyMap? Configuration { get; private set; }

    public Task<ConfigureResponse> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        Configuration = request.Inputs;
        return Task.FromResult(new ConfigureResponse { AcceptsSecrets = false, SupportsPreview = true });
    }

    public Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        Assert.False(request.NewInputs.ContainsSecrets);
        var inputs = request.NewInputs;
        if (inputs.Find("name") is null)
        {
            inputs = inputs.With("name", request.OldInputs.Find("name") ?? $"{request.Urn.Name}-{Convert.ToHexStringLower(request.RandomSeed.Span[..4])}");
        }

        IReadOnlyList<CheckFailure> failures = inputs.Find("bad") is null ? [] : [new("bad", "must not be set")];
        return Task.FromResult(new CheckResponse { Inputs = inputs, Failures = failures });
    }

    public Task<DiffResponse> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        var changed = request.OldInputs.Keys.Union(request.NewInputs.Keys)
            .Where(name => !Equals(request.OldInputs.Find(name), request.NewInputs.Find(name))).ToList();
        return Task.FromResult(new DiffResponse
        {
            Changes = changed.Count == 0 ? DiffChanges.None : DiffChanges.Some,
            Diffs = changed,
            Replaces = [.. changed.Where(name => name is "zone" or "name")],
            DeleteBeforeReplace = changed.Contains("name") || request.NewInputs.Find("exclusive") is not null,
        });
    }

    public async Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new() { Id = "", Outputs = request.Inputs.With("address", PropertyValue.Unknown) };
        }

        var name = request.Inputs.Find("name")!.AsString()!;
        cloud.Moment($"before create {name}");
        await cloud.EnterAsync("create", request.Urn.Name, cancellationToken);
        if (cloud.Things.ContainsKey(name) && !request.MayExist)
        {
            throw new DeployException(EngineErrors.ResourceFailed.With($"{name} exists already"));
        }

        await request.OnAccepted(PollUrl);
        cloud.Things[name] = request.Inputs;
        cloud.Moment($"after create {name}");
        IReadOnlyList<string> errors = request.Inputs.Find("sick") is null ? [] : ["it is sick"];
        return new() { Id = name, Outputs = Outputs(request.Inputs), InitErrors = errors };
    }

    public async Task<ReadResponse?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        await cloud.EnterAsync("read", request.Urn.Name, cancellationToken);
        return cloud.Things.TryGetValue(request.Id, out var thing) ? new ReadResponse { Id = request.Id, Inputs = thing, Outputs = Outputs(thing) } : null;
    }

    public async Task<UpdateResponse> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new() { Outputs = Outputs(request.NewInputs) };
        }

        cloud.Moment($"before update {request.Id}");
        await cloud.EnterAsync("update", request.Urn.Name, cancellationToken);
        Assert.True(cloud.Things.ContainsKey(request.Id), $"update of {request.Id}, which does not exist");
        cloud.Things[request.Id] = request.NewInputs;
        cloud.Moment($"after update {request.Id}");
        return new() { Outputs = Outputs(request.NewInputs) };
    }

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        cloud.Moment($"before delete {request.Id}");
        await cloud.EnterAsync("delete", request.Urn.Name, cancellationToken);
        cloud.Things.TryRemove(request.Id, out _);
        cloud.Moment($"after delete {request.Id}");
    }

    public Task<RecoverResponse?> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        cloud.Calls.Enqueue($"recover {request.Urn.Name}");
        var id = request.Id ?? request.Inputs.Find("name")!.AsString()!;
        return Task.FromResult(cloud.Things.TryGetValue(id, out var thing)
            ? new RecoverResponse { Id = id, Outputs = Outputs(thing), Completed = thing.Equals(request.Inputs) }
            : null);
    }

    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) => request.Token == "fake:index:echo"
        ? Task.FromResult(new InvokeResponse { Return = request.Args })
        : throw new DeployException(EngineErrors.ProviderUnknown.With($"no function {request.Token}"));

    private static PropertyMap Outputs(PropertyMap inputs) => inputs.With("address", $"https://{inputs.Find("name")!.AsString()}");
}

internal sealed class FakeProviderFactory(FakeCloud cloud) : IProviderFactory
{
    public string Package => "fake";

    public string Version => "1.2.3";

    public IResourceProvider Create() => new FakeProvider(cloud);
}
