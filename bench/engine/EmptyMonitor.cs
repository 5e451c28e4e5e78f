using Deploy.Engine.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumirpc;

namespace Bench.Engine;

/// <summary>How often a program registered a resource.</summary>
internal sealed class Tally
{
    private int _registrations;

    public int Registrations => _registrations;

    public void Count() => Interlocked.Increment(ref _registrations);
}

/// <summary>
/// Answers every call at once and keeps nothing. It has the features of the real monitor and gives outputs of the same size, so that the program does the same work on both.
/// </summary>
internal class EmptyMonitor(Tally tally) : ResourceMonitor.ResourceMonitorBase
{
    private static readonly Empty Nothing = new();

    public override Task<SupportsFeatureResponse> SupportsFeature(SupportsFeatureRequest request, ServerCallContext context) =>
        Task.FromResult(new SupportsFeatureResponse { HasSupport = MonitorFeatures.Has(request.Id) });

    public override Task<RegisterResourceResponse> RegisterResource(RegisterResourceRequest request, ServerCallContext context)
    {
        tally.Count();
        var outputs = request.Object ?? new();
        if (request.Custom)
        {
            outputs.Fields["address"] = Value.ForString($"https://{request.Name}.bench.test");
        }

        return Task.FromResult(new RegisterResourceResponse
        {
            Urn = $"urn:pulumi:dev::bench::{request.Type}::{request.Name}",
            Id = request.Custom ? $"id-{request.Name}" : "",
            Object = outputs,
        });
    }

    public override Task<Empty> RegisterResourceOutputs(RegisterResourceOutputsRequest request, ServerCallContext context) => Task.FromResult(Nothing);

    public override Task<RegisterPackageResponse> RegisterPackage(RegisterPackageRequest request, ServerCallContext context) =>
        Task.FromResult(new RegisterPackageResponse { Ref = request.Name });

    public override Task<Pulumirpc.InvokeResponse> Invoke(ResourceInvokeRequest request, ServerCallContext context) =>
        Task.FromResult(new Pulumirpc.InvokeResponse { Return = new() });

    public override Task<Empty> SignalAndWaitForShutdown(Empty request, ServerCallContext context) => Task.FromResult(Nothing);
}

/// <summary>Takes every message; faults are passed on.</summary>
internal sealed class EmptyEngine : Pulumirpc.Engine.EngineBase
{
    public override Task<Empty> Log(LogRequest request, ServerCallContext context)
    {
        if (request.Severity == LogSeverity.Error)
        {
            Console.Error.WriteLine(request.Message);
        }

        return Task.FromResult(new Empty());
    }

    public override Task<SetRootResourceResponse> SetRootResource(SetRootResourceRequest request, ServerCallContext context) => Task.FromResult(new SetRootResourceResponse());

    public override Task<GetRootResourceResponse> GetRootResource(GetRootResourceRequest request, ServerCallContext context) => Task.FromResult(new GetRootResourceResponse());

    public override Task<RequirePulumiVersionResponse> RequirePulumiVersion(RequirePulumiVersionRequest request, ServerCallContext context) =>
        Task.FromResult(new RequirePulumiVersionResponse());
}
