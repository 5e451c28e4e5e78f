using System.Collections.Concurrent;
using Deploy.Engine.Programs;
using Deploy.Engine.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Pulumirpc;

namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>Stands between a program and the engine, passes everything on unchanged, and keeps what the program asked for.</summary>
internal sealed class RecordingLauncher(IProgramLauncher program) : IProgramLauncher
{
    public ConcurrentQueue<RegisterResourceRequest> Registrations { get; } = new();

    public ConcurrentQueue<ReadResourceRequest> Reads { get; } = new();

    public ConcurrentQueue<ResourceInvokeRequest> Invokes { get; } = new();

    public ConcurrentQueue<RegisterResourceOutputsRequest> Outputs { get; } = new();

    public async Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress($"http://{launch.Address}", new() { MaxReceiveMessageSize = null, MaxSendMessageSize = null });
        await using var server = await ProtocolServer.StartAsync<MonitorRelay, EngineRelay>(
            services => services.AddSingleton(this).AddSingleton(new ResourceMonitor.ResourceMonitorClient(channel)).AddSingleton(new Pulumirpc.Engine.EngineClient(channel)),
            cancellationToken);
        return await program.RunAsync(launch with { Address = server.Address }, cancellationToken);
    }

    private sealed class MonitorRelay(RecordingLauncher record, ResourceMonitor.ResourceMonitorClient monitor) : ResourceMonitor.ResourceMonitorBase
    {
        public override Task<SupportsFeatureResponse> SupportsFeature(SupportsFeatureRequest request, ServerCallContext context) => Pass(monitor.SupportsFeatureAsync(request));

        public override Task<DeploymentInfo> GetDeploymentInfo(Empty request, ServerCallContext context) => Pass(monitor.GetDeploymentInfoAsync(request));

        public override Task<Pulumirpc.InvokeResponse> Invoke(ResourceInvokeRequest request, ServerCallContext context)
        {
            record.Invokes.Enqueue(request);
            return Pass(monitor.InvokeAsync(request));
        }

        public override Task<CallResponse> Call(ResourceCallRequest request, ServerCallContext context) => Pass(monitor.CallAsync(request));

        public override Task<ReadResourceResponse> ReadResource(ReadResourceRequest request, ServerCallContext context)
        {
            record.Reads.Enqueue(request);
            return Pass(monitor.ReadResourceAsync(request));
        }

        public override Task<RegisterResourceResponse> RegisterResource(RegisterResourceRequest request, ServerCallContext context)
        {
            record.Registrations.Enqueue(request);
            return Pass(monitor.RegisterResourceAsync(request));
        }

        public override Task<Empty> RegisterResourceOutputs(RegisterResourceOutputsRequest request, ServerCallContext context)
        {
            record.Outputs.Enqueue(request);
            return Pass(monitor.RegisterResourceOutputsAsync(request));
        }

        public override Task<Empty> RegisterStackTransform(Callback request, ServerCallContext context) => Pass(monitor.RegisterStackTransformAsync(request));

        public override Task<Empty> RegisterStackInvokeTransform(Callback request, ServerCallContext context) => Pass(monitor.RegisterStackInvokeTransformAsync(request));

        public override Task<Empty> RegisterResourceHook(RegisterResourceHookRequest request, ServerCallContext context) => Pass(monitor.RegisterResourceHookAsync(request));

        public override Task<RegisterPackageResponse> RegisterPackage(RegisterPackageRequest request, ServerCallContext context) => Pass(monitor.RegisterPackageAsync(request));

        public override Task<Empty> SignalAndWaitForShutdown(Empty request, ServerCallContext context) => Pass(monitor.SignalAndWaitForShutdownAsync(request));
    }

    private sealed class EngineRelay(Pulumirpc.Engine.EngineClient engine) : Pulumirpc.Engine.EngineBase
    {
        public override Task<Empty> Log(LogRequest request, ServerCallContext context) => Pass(engine.LogAsync(request));

        public override Task<SetRootResourceResponse> SetRootResource(SetRootResourceRequest request, ServerCallContext context) => Pass(engine.SetRootResourceAsync(request));

        public override Task<GetRootResourceResponse> GetRootResource(GetRootResourceRequest request, ServerCallContext context) => Pass(engine.GetRootResourceAsync(request));

        public override Task<RequirePulumiVersionResponse> RequirePulumiVersion(RequirePulumiVersionRequest request, ServerCallContext context) =>
            Pass(engine.RequirePulumiVersionAsync(request));
    }

    /// <summary>The answer of the engine, or its refusal word for word.</summary>
    private static async Task<T> Pass<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            return await call;
        }
        catch (RpcException exception)
        {
            throw new RpcException(exception.Status);
        }
    }
}
