using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Bench.Engine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumirpc;

namespace Bench.Sdk;

/// <summary>What a program registered, and when its first resource came.</summary>
internal sealed class Recording
{
    private long _began;
    private long _first;

    public ConcurrentQueue<JsonObject> Registrations { get; } = new();

    /// <summary>From the moment before the program's start to its first resource that is no component.</summary>
    public double FirstSeconds => Stopwatch.GetElapsedTime(_began, _first).TotalSeconds;

    /// <summary>From the moment before the program's start to now.</summary>
    public double Elapsed => Stopwatch.GetElapsedTime(_began).TotalSeconds;

    public void Begin() => _began = Stopwatch.GetTimestamp();

    public void Add(RegisterResourceRequest request)
    {
        if (request.Custom)
        {
            Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        }

        Registrations.Enqueue(new()
        {
            ["type"] = request.Type,
            ["name"] = request.Name,
            ["custom"] = request.Custom,
            ["inputs"] = JsonNode.Parse((request.Object ?? new()).ToString()),
        });
    }
}

/// <summary>The empty monitor with the few answers that the environment's program computes with.</summary>
internal sealed class AzureMonitor(Tally tally, Recording recording) : EmptyMonitor(tally)
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";

    public override async Task<RegisterResourceResponse> RegisterResource(RegisterResourceRequest request, ServerCallContext context)
    {
        recording.Add(request);
        var response = await base.RegisterResource(request, context);
        if (request.Custom)
        {
            response.Id = $"/subscriptions/{Subscription}/resourceGroups/phi/providers/{request.Type}/{request.Name}";
            var outputs = response.Object.Fields;
            outputs["name"] = Value.ForString(request.Name);
            outputs["identity"] = Object(("principalId", Value.ForString(Subscription)), ("type", Value.ForString("SystemAssigned")));
            var properties = outputs.TryGetValue("properties", out var given) ? given : outputs["properties"] = Object();
            if (properties.StructValue is { } members)
            {
                members.Fields["scoringUri"] = Value.ForString("https://bench.test/score");
                members.Fields["inferenceEndpoint"] = Object(("uri", Value.ForString("https://bench.test/")));
            }
        }

        return response;
    }

    public override Task<InvokeResponse> Invoke(ResourceInvokeRequest request, ServerCallContext context) => Task.FromResult(new InvokeResponse
    {
        Return = new()
        {
            Fields =
            {
                ["clientId"] = Value.ForString(Subscription),
                ["objectId"] = Value.ForString(Subscription),
                ["subscriptionId"] = Value.ForString(Subscription),
                ["tenantId"] = Value.ForString(Subscription),
                ["primaryKey"] = Value.ForString("key"),
                ["secondaryKey"] = Value.ForString("key"),
            },
        },
    });

    private static Value Object(params (string Name, Value Value)[] members)
    {
        var result = new Struct();
        foreach (var (name, value) in members)
        {
            result.Fields[name] = value;
        }

        return Value.ForStruct(result);
    }
}
