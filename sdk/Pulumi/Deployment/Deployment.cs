using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Pulumi.Waiting;

namespace Pulumi;

/// <summary>Runs a program, and stands for the run in progress.</summary>
public sealed partial class Deployment
{
    // The one ambient thing: each run has its own flow of control, so runs beside each other (tests) do not meet.
    private static readonly AsyncLocal<Deployment?> Ambient = new();

    private readonly ProgramSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly CountedMonitor _monitor;
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _features = new();
    private readonly Serialization.ResourceTypes _resourceTypes = new();
    private readonly DeploymentInstance _instance;
    private Stack? _stack;

    private Deployment(ProgramSettings settings, IMonitor monitor, IEngineLog log, TimeProvider timeProvider)
    {
        _settings = settings;
        _timeProvider = timeProvider;
        _monitor = new CountedMonitor(monitor, Pulse);
        _instance = new(this);
        Logger = new(log, Runner, Pulse);
        Callbacks = new(this, monitor.CallsBack);
    }

    /// <summary>The run in progress.</summary>
    public static DeploymentInstance Instance => Current._instance;

    internal static Deployment Current => Ambient.Value
        ?? throw new InvalidOperationException("There is no run in progress here: resources, configuration and logging work inside Deployment.RunAsync and Deployment.TestAsync only.");

    internal TaskRunner Runner { get; } = new();

    internal Pulse Pulse { get; } = new();

    internal EngineLogger Logger { get; }

    internal string ProjectName => _settings.Project;

    internal string StackName => _settings.Stack;

    internal string OrganizationName => _settings.Organization;

    internal string RootDirectory => _settings.RootDirectory;

    internal bool IsDryRun => _settings.IsDryRun;

    internal Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("A resource was created before the stack.");
        set => _stack = value;
    }

    internal static bool TryGetCurrent([NotNullWhen(true)] out Deployment? deployment) => (deployment = Ambient.Value) is not null;

    /// <summary>Fails the run unless the version of the engine is in a range; mocks accept any.</summary>
    /// <param name="pulumiVersionRange">E.g. <c>&gt;=3.100.0</c>; parts beside each other must all hold, <c>||</c> separates alternatives, <c>!3.1.2</c> excludes.</param>
    public static Task RequirePulumiVersionAsync(string pulumiVersionRange)
    {
        var deployment = Current;
        var task = deployment.RequireVersionAsync(pulumiVersionRange);
        deployment.Runner.Register(task);
        return task;
    }

    internal string? GetConfig(string fullKey) => _settings.Config.GetValueOrDefault(fullKey);

    internal Resource ResolveReference(Serialization.ResourceReference reference) => _resourceTypes.Resolve(reference);

    private async Task RequireVersionAsync(string range)
    {
        try
        {
            await _monitor.RequireVersionAsync(range).ConfigureAwait(false);
        }
        catch (Grpc.Core.RpcException exception) when (!GrpcEngine.IsShutdown(exception))
        {
            throw new RunException(exception.StatusCode == Grpc.Core.StatusCode.Unimplemented
                ? $"The engine cannot say whether its version is in the range '{range}' that the program requires."
                : exception.Status.Detail);
        }
    }

    private Task<bool> SupportsAsync(string feature) => _features.GetOrAdd(feature, id => new(() => _monitor.SupportsFeatureAsync(id))).Value;

    private Task<bool> KeepsResourcesAsync() => _settings.DisableResourceReferences ? Task.FromResult(false) : SupportsAsync("resourceReferences");

    private Serialization.PropertyConverter Converter(Resource? resource) => new(message => Logger.Write(Pulumirpc.LogSeverity.Warning, message, resource), ResolveReference);
}
