using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi.Testing;

/// <summary>Answers registrations and calls from mocks. URNs are made up, ids are those of the mocks.</summary>
internal sealed class MockMonitor(IMocks mocks, ProgramSettings settings) : IMonitor
{
    private readonly ConcurrentDictionary<string, Struct> _registered = new();
    private readonly ConcurrentQueue<Resource> _resources = new();
    private readonly TaskCompletionSource _never = new();

    public ImmutableArray<Resource> Resources => [.. _resources];

    public Task Closed => _never.Task;

    public bool CallsBack => false;

    // Mocks get plain values, never output values.
    public Task<bool> SupportsFeatureAsync(string feature) => Task.FromResult(feature != "outputValues");

    public async Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request)
    {
        _resources.Enqueue(resource);
        var urn = NewUrn(request.Parent, request.Type, request.Name);
        if (request.Type == Stack.RootType)
        {
            return new() { Urn = urn, Object = new Struct() };
        }

        var (id, state) = await NewResourceAsync(request.Type, request.Name, request.Object, request.Provider, request.ImportId, request.Transforms).ConfigureAwait(false);
        Remember(urn, id ?? request.ImportId, state);
        return new() { Urn = urn, Id = id ?? request.ImportId, Object = state };
    }

    public async Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request)
    {
        _resources.Enqueue(resource);
        var urn = NewUrn(request.Parent, request.Type, request.Name);
        var (id, state) = await NewResourceAsync(request.Type, request.Name, request.Properties, request.Provider, request.Id, transforms: []).ConfigureAwait(false);
        Remember(urn, id ?? request.Id, state);
        return new() { Urn = urn, Properties = state };
    }

    public async Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request)
    {
        var outputs = request.Outputs.Fields.ToImmutableDictionary(
            field => field.Key,
            field => new Output<object?>(PropertyDeserializer.Deserialize(field.Value, Deployment.Current.ResolveReference)));
        await mocks.RegisterResourceOutputs(new(request.Urn, outputs)).ConfigureAwait(false);
    }

    public async Task<InvokeResponse> InvokeAsync(ResourceInvokeRequest request)
    {
        if (request.Tok == "pulumi:pulumi:getResource")
        {
            var urn = request.Args.Fields["urn"].StringValue;
            return new() { Return = _registered.TryGetValue(urn, out var known) ? known : throw new InvalidOperationException($"No resource '{urn}' was registered.") };
        }

        var result = await mocks.CallAsync(new() { Token = request.Tok, Args = ToDictionary(request.Args), Provider = request.Provider }).ConfigureAwait(false);
        return new() { Return = await ToStructAsync($"result of {request.Tok}", result).ConfigureAwait(false) };
    }

    public Task RegisterStackTransformAsync(Callback callback) => mocks.RegisterTransform(Deployment.Current.Callbacks.Find<ResourceTransform>(callback));

    public Task RegisterStackInvokeTransformAsync(Callback callback) => mocks.RegisterInvokeTransform(Deployment.Current.Callbacks.Find<InvokeTransform>(callback));

    public Task RequireVersionAsync(string range) => Task.CompletedTask;

    public Task SignalAndWaitForShutdownAsync() => Task.CompletedTask;

    private static ImmutableDictionary<string, object> ToDictionary(Struct properties) =>
        (from field in properties.Fields
         let data = PropertyDeserializer.Deserialize(field.Value, Deployment.Current.ResolveReference)
         where data.IsKnown && data.Value is not null
         select KeyValuePair.Create(field.Key, data.Value!)).ToImmutableDictionary();

    private static async Task<Struct> ToStructAsync(string path, object state)
    {
        var dictionary = state is IDictionary plain ? plain : state is IDictionary<string, object> generic ? generic.ToImmutableDictionary() : state;
        var value = await new PropertySerializer(keepResources: true).SerializeAsync(path, dictionary).ConfigureAwait(false);
        return value.StructValue ?? throw new InvalidOperationException($"{path}: a mock returned a {state.GetType().FullName}; it must be a dictionary by wire name.");
    }

    private async Task<(string? Id, Struct State)> NewResourceAsync(string type, string name, Struct inputs, string provider, string id, IEnumerable<Callback> transforms)
    {
        var args = new MockResourceArgs
        {
            Type = type,
            Name = name,
            Inputs = ToDictionary(inputs),
            Provider = provider,
            Id = id,
            Transforms = [.. transforms.Select(Deployment.Current.Callbacks.Find<ResourceTransform>)],
        };
        var (newId, state) = await mocks.NewResourceAsync(args).ConfigureAwait(false);
        return (newId, await ToStructAsync($"state of {type} '{name}'", state).ConfigureAwait(false));
    }

    private void Remember(string urn, string id, Struct state) => _registered[urn] = new Struct
    {
        Fields = { ["urn"] = Value.ForString(urn), ["id"] = Value.ForString(id), ["state"] = Value.ForStruct(state) },
    };

    private string NewUrn(string parent, string type, string name)
    {
        var prefix = parent.Length == 0 ? "" : parent.Split("::")[2].Split('$')[0] + "$";
        return $"urn:pulumi:{settings.Stack}::{settings.Project}::{prefix}{type}::{name}";
    }
}

/// <summary>Keeps the errors of a run under test.</summary>
internal sealed class MockEngineLog : IEngineLog
{
    private readonly ConcurrentQueue<string> _errors = new();

    public ImmutableArray<string> Errors => [.. _errors];

    public Task LogAsync(LogRequest request)
    {
        if (request.Severity == LogSeverity.Error)
        {
            _errors.Enqueue(request.Message);
        }

        return Task.CompletedTask;
    }
}
