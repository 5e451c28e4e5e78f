using Deploy.Core;
using Deploy.Engine.Programs;
using Deploy.Engine.Protocol;
using Deploy.Engine.Values;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Pulumirpc;

namespace Deploy.Engine.Tests.Harness;

/// <summary>A program in this process that speaks the real protocol to the engine.</summary>
internal sealed class TestProgram(Func<ProgramClient, Task> body) : IProgramLauncher
{
    public async Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress($"http://{launch.Address}");
        var client = new ProgramClient(channel, launch);
        try
        {
            await client.StartAsync();
            await body(client).WaitAsync(cancellationToken);
            return new() { ExitCode = 0 };
        }
        catch (RpcException)
        {
            return new() { ExitCode = 32 };
        }
    }
}

internal sealed record Registered(string Urn, string Id, PropertyMap Outputs)
{
    public string Text(string name) => Outputs.Find(name)?.AsString() ?? "";
}

internal sealed class ProgramClient(GrpcChannel channel, ProgramLaunch launch)
{
    private readonly WireValues _values = new(launch.ProgramDirectory);

    public ResourceMonitor.ResourceMonitorClient Monitor { get; } = new(channel);

    public Pulumirpc.Engine.EngineClient Engine { get; } = new(channel);

    public ProgramLaunch Launch => launch;

    public string StackUrn { get; private set; } = "";

    public async Task StartAsync() =>
        StackUrn = (await RegisterAsync("pulumi:pulumi:Stack", $"{launch.Project}-{launch.Stack}", [], request => (request.Custom, request.Parent) = (false, ""))).Urn;

    public Task<Registered> ThingAsync(string name, params (string Name, PropertyValue Value)[] inputs) => RegisterAsync("fake:index:Thing", name, inputs);

    public async Task<Registered> RegisterAsync(
        string type, string name, (string Name, PropertyValue Value)[] inputs, Action<RegisterResourceRequest>? options = null)
    {
        var request = new RegisterResourceRequest
        {
            Type = type,
            Name = name,
            Custom = true,
            Parent = StackUrn,
            Object = WireValues.WriteMap(PropertyMap.Create(inputs), keepSecrets: true, keepReferences: true),
            AcceptSecrets = true,
            AcceptResources = true,
            SupportsPartialValues = true,
            SupportsResultReporting = true,
        };
        options?.Invoke(request);
        var response = await Monitor.RegisterResourceAsync(request);
        return new(response.Urn, response.Id, _values.ReadMap(response.Object));
    }

    public async Task OutputsAsync(params (string Name, PropertyValue Value)[] outputs) => await Monitor.RegisterResourceOutputsAsync(new()
    {
        Urn = StackUrn,
        Outputs = WireValues.WriteMap(PropertyMap.Create(outputs), keepSecrets: true, keepReferences: true),
    });

    public static Action<RegisterResourceRequest> DependsOn(params Registered[] others) => request =>
        request.Dependencies.AddRange(others.Select(other => other.Urn));

    public static Action<RegisterResourceRequest> Uses(string property, Registered other) => request =>
    {
        request.Dependencies.Add(other.Urn);
        request.PropertyDependencies[property] = new() { Urns = { other.Urn } };
    };
}
