using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pulumirpc;

namespace Pulumi.Tests.Fakes;

/// <summary>An engine on a loopback port: records what programs ask, answers as told.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _asked = new(0);

    private FakeEngine(WebApplication app) => _app = app;

    public ConcurrentQueue<RegisterResourceRequest> Registrations { get; } = new();

    public ConcurrentQueue<ReadResourceRequest> Reads { get; } = new();

    public ConcurrentQueue<RegisterResourceOutputsRequest> Outputs { get; } = new();

    public ConcurrentQueue<ResourceInvokeRequest> Invokes { get; } = new();

    public ConcurrentQueue<string> FeatureQuestions { get; } = new();

    public ConcurrentQueue<LogRequest> Logs { get; } = new();

    public ConcurrentQueue<Callback> StackTransforms { get; } = new();

    public ConcurrentQueue<Callback> InvokeTransforms { get; } = new();

    /// <summary>Names of calls in the order in which they came.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public HashSet<string> MissingFeatures { get; } = [];

    public bool KnowsShutdownSignal { get; set; } = true;

    /// <summary>The clock of programs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public Func<RegisterResourceRequest, Task<RegisterResourceResponse>> OnRegister { get; set; } = request => Task.FromResult(Created(request));

    public Func<ReadResourceRequest, ReadResourceResponse> OnRead { get; set; } = request => new() { Urn = UrnOf(request.Parent, request.Type, request.Name), Properties = new() };

    public Func<ResourceInvokeRequest, InvokeResponse> OnInvoke { get; set; } = _ => new() { Return = new() };

    public Func<Task> OnShutdown { get; set; } = () => Task.CompletedTask;

    public string Address { get; private set; } = "";

    public static async Task<FakeEngine> StartAsync(TimeSpan? idleLimit = null, TimeProvider? timeProvider = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.KeepAliveTimeout = idleLimit ?? kestrel.Limits.KeepAliveTimeout;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        FakeEngine? engine = null;
        builder.Services.AddSingleton(_ => engine!);
        var app = builder.Build();
        app.MapGrpcService<MonitorService>();
        app.MapGrpcService<EngineService>();
        engine = new FakeEngine(app) { TimeProvider = timeProvider ?? TimeProvider.System };
        await app.StartAsync();
        engine.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
        return engine;
    }

    public static RegisterResourceResponse Created(RegisterResourceRequest request) => new()
    {
        Urn = UrnOf(request.Parent, request.Type, request.Name),
        Id = request.Custom ? $"id-of-{request.Name}" : "",
        Object = request.Custom ? request.Object : new Struct(),
    };

    public static string UrnOf(string parent, string type, string name)
    {
        var prefix = parent.Length == 0 || parent.Contains("pulumi:pulumi:Stack", StringComparison.Ordinal) ? "" : parent.Split("::")[2] + "$";
        return $"urn:pulumi:dev::phi::{prefix}{type}::{name}";
    }

    /// <summary>The environment that a host gives the program.</summary>
    public Func<string, string?> Environment(bool isDryRun = false, string config = "{}", params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>
        {
            ["PULUMI_MONITOR"] = Address,
            ["PULUMI_ENGINE"] = Address,
            ["PULUMI_PROJECT"] = "phi",
            ["PULUMI_STACK"] = "dev",
            ["PULUMI_DRY_RUN"] = isDryRun ? "true" : "false",
            ["PULUMI_CONFIG"] = config,
        };
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        return variables.GetValueOrDefault;
    }

    /// <summary>Runs a program; one that never ends fails its test instead of blocking all.</summary>
    public Task<int> RunAsync(Func<IDictionary<string, object?>> program, bool isDryRun = false, string config = "{}") =>
        Pulumi.Deployment.RunAsync(Environment(isDryRun, config), Pulumi.Deployment.FunctionProgram(() => Task.FromResult(program())), TimeProvider).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Calls the program back, as the engine does: with a message in bytes over a connection of its own.</summary>
    public static async Task<TResponse> CallBackAsync<TResponse>(Callback callback, IMessage request, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse>
    {
        using var channel = GrpcChannel.ForAddress($"http://{callback.Target}");
        var client = new Pulumirpc.Callbacks.CallbacksClient(channel);
        var response = await client.InvokeAsync(new() { Token = callback.Token, Request = request.ToByteString() });
        return parser.ParseFrom(response.Response);
    }

    public RegisterResourceRequest Registration(string name) => Registrations.Single(request => request.Name == name);

    /// <summary>Completes when so many features were asked for.</summary>
    public async Task WhenAskedAsync(int questions)
    {
        for (var i = 0; i < questions; i++)
        {
            await _asked.WaitAsync();
        }
    }

    /// <summary>Ends the server without answering open calls.</summary>
    public async Task KillAsync()
    {
        using var immediately = new CancellationTokenSource();
        await immediately.CancelAsync();
        await _app.StopAsync(immediately.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _app.DisposeAsync();
        _asked.Dispose();
    }

    private sealed class MonitorService(FakeEngine engine) : ResourceMonitor.ResourceMonitorBase
    {
        public override Task<SupportsFeatureResponse> SupportsFeature(SupportsFeatureRequest request, ServerCallContext context)
        {
            engine.FeatureQuestions.Enqueue(request.Id);
            engine._asked.Release();
            return Task.FromResult(new SupportsFeatureResponse { HasSupport = !engine.MissingFeatures.Contains(request.Id) });
        }

        public override Task<RegisterResourceResponse> RegisterResource(RegisterResourceRequest request, ServerCallContext context)
        {
            engine.Calls.Enqueue($"register {request.Name}");
            engine.Registrations.Enqueue(request);
            return engine.OnRegister(request);
        }

        public override Task<Empty> RegisterStackTransform(Callback request, ServerCallContext context)
        {
            engine.Calls.Enqueue("stack transform");
            engine.StackTransforms.Enqueue(request);
            return Task.FromResult(new Empty());
        }

        public override Task<Empty> RegisterStackInvokeTransform(Callback request, ServerCallContext context)
        {
            engine.Calls.Enqueue("stack invoke transform");
            engine.InvokeTransforms.Enqueue(request);
            return Task.FromResult(new Empty());
        }

        public override Task<ReadResourceResponse> ReadResource(ReadResourceRequest request, ServerCallContext context)
        {
            engine.Calls.Enqueue($"read {request.Name}");
            engine.Reads.Enqueue(request);
            return Task.FromResult(engine.OnRead(request));
        }

        public override Task<Empty> RegisterResourceOutputs(RegisterResourceOutputsRequest request, ServerCallContext context)
        {
            engine.Calls.Enqueue("outputs");
            engine.Outputs.Enqueue(request);
            return Task.FromResult(new Empty());
        }

        public override Task<InvokeResponse> Invoke(ResourceInvokeRequest request, ServerCallContext context)
        {
            engine.Calls.Enqueue($"invoke {request.Tok}");
            engine.Invokes.Enqueue(request);
            return Task.FromResult(engine.OnInvoke(request));
        }

        public override async Task<Empty> SignalAndWaitForShutdown(Empty request, ServerCallContext context)
        {
            engine.Calls.Enqueue("shutdown");
            await engine.OnShutdown();
            return engine.KnowsShutdownSignal ? new Empty() : throw new RpcException(new Status(StatusCode.Unimplemented, "unknown method"));
        }
    }

    private sealed class EngineService(FakeEngine engine) : Engine.EngineBase
    {
        public override Task<RequirePulumiVersionResponse> RequirePulumiVersion(RequirePulumiVersionRequest request, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"version 3.0.0 is not in {request.PulumiVersionRange}"));

        public override Task<Empty> Log(LogRequest request, ServerCallContext context)
        {
            engine.Logs.Enqueue(request);
            return Task.FromResult(new Empty());
        }
    }
}
