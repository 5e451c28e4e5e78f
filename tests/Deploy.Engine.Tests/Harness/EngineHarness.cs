using System.Text.Json.Nodes;
using Deploy.Engine.Events;
using Deploy.Engine.Projects;
using Deploy.Engine.State;

namespace Deploy.Engine.Tests.Harness;

/// <summary>A project, a backend and a cloud in a temporary folder; each run ends with a check of the state.</summary>
internal sealed class EngineHarness : IDisposable
{
    private const string Salt = "v1:h3s5Ym+HVX8=:v1:LrARr8n0pNBJJ9Sn:m4KjrwfKxD3CDC0g4WFPzzonKcE71w==";

    public EngineHarness(FakeCloud? cloud = null, string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("deploy-engine-").FullName;
        Cloud = cloud ?? new();
        Stack = FileBackend.Open(null, Folder, TimeProvider.System).Stack("shop", "dev");
    }

    public string Folder { get; }

    public FakeCloud Cloud { get; }

    public StackStore Stack { get; }

    public StackConfig Config { get; set; } = StackConfig.Empty;

    public static ISecretsProvider Secrets()
    {
        var secrets = new PassphraseSecretsProvider(new() { Passphrase = "correct horse battery staple" });
        secrets.UseSalt(Salt);
        return secrets;
    }

    public Task<TestRun> UpAsync(Func<ProgramClient, Task> program, Func<EngineRequest, EngineRequest>? options = null) => RunAsync(EngineOperation.Update, program, options);

    public Task<TestRun> PreviewAsync(Func<ProgramClient, Task> program, Func<EngineRequest, EngineRequest>? options = null) =>
        RunAsync(EngineOperation.Preview, program, options);

    public Task<TestRun> DestroyAsync(Func<EngineRequest, EngineRequest>? options = null) => RunAsync(EngineOperation.Destroy, _ => Task.CompletedTask, options);

    public Task<TestRun> RefreshAsync(Func<EngineRequest, EngineRequest>? options = null, bool preview = false) => RunAsync(
        preview ? EngineOperation.PreviewRefresh : EngineOperation.Refresh, _ => throw new InvalidOperationException("a refresh runs no program"), options);

    public async Task<TestRun> RunAsync(
        EngineOperation operation,
        Func<ProgramClient, Task> program,
        Func<EngineRequest, EngineRequest>? options = null,
        CancellationToken graceful = default,
        CancellationToken abort = default)
    {
        var sink = new RecordingSink();
        var result = await ResultAsync(operation, program, options, sink, graceful, abort);
        var snapshot = await Stack.LoadAsync(Secrets(), CancellationToken.None) ?? Snapshot.Empty;
        Assert.Null(SnapshotIntegrity.Find(snapshot));
        return new(result, [.. sink.Events], snapshot);
    }

    /// <summary>A run on a state that need not be readable.</summary>
    public Task<EngineResult> ResultAsync(EngineOperation operation, Func<ProgramClient, Task> program, Func<EngineRequest, EngineRequest> options) =>
        ResultAsync(operation, program, options, new RecordingSink(), default, default);

    private Task<EngineResult> ResultAsync(
        EngineOperation operation,
        Func<ProgramClient, Task> program,
        Func<EngineRequest, EngineRequest>? options,
        RecordingSink sink,
        CancellationToken graceful,
        CancellationToken abort)
    {
        var request = new EngineRequest
        {
            Operation = operation,
            Project = new() { Name = "shop", Runtime = "test", RootDirectory = Folder, ProgramDirectory = Folder, StackConfigDirectory = Folder },
            Stack = Stack,
            Config = Config,
            Secrets = Secrets(),
            Launcher = new TestProgram(program),
        };
        var engine = new DeploymentEngine([new FakeProviderFactory(Cloud)], TimeProvider.System);
        return engine.RunAsync(options?.Invoke(request) ?? request, sink, graceful, abort);
    }

    public async Task<JsonObject?> ExportAsync() => await Stack.ExportAsync(Secrets(), showSecrets: false, CancellationToken.None);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class RecordingSink : IEngineEventSink
    {
        public List<EngineEvent> Events { get; } = [];

        public void Emit(EngineEvent engineEvent) => Events.Add(engineEvent);
    }
}

internal sealed record TestRun(EngineResult Result, IReadOnlyList<EngineEvent> Events, Snapshot Snapshot)
{
    /// <summary>Steps that ended well, as "op name"; without default providers and steps that change nothing.</summary>
    public IReadOnlyList<string> Steps => [.. Events.OfType<ResourceOutputsEvent>().Select(item => item.Step)
        .Where(step => !step.IsDefaultProvider && step.Op != StepOp.Same).Select(step => $"{step.Op.Text()} {step.Urn.Name}")];

    /// <summary>What a refresh found, as "what name: differences", by name; without what is as it was.</summary>
    public IReadOnlyList<string> Drift => [.. Events.OfType<ResourceOutputsEvent>().Select(item => item.Step).Where(step => step.Found is not null and not StepOp.Same)
        .OrderBy(step => step.Urn.Name, StringComparer.Ordinal).Select(step => $"{step.Found!.Value.Text()} {step.Urn.Name}: {string.Join(",", step.Diffs)}")];

    public IReadOnlyList<string> Failed => [.. Events.OfType<ResourceOperationFailedEvent>().Select(item => $"{item.Step.Op.Text()} {item.Step.Urn.Name}")];

    public IReadOnlyList<string> Messages => [.. Events.OfType<DiagnosticEvent>().Select(item => item.Message)];

    public ResourceState Resource(string name) => Snapshot.Resources.Single(resource => resource.Urn.Name == name && !resource.Delete);

    public TestRun Succeeded()
    {
        Assert.True(Result.Result == RunResult.Succeeded, $"{Result.Result}: {Result.Error}\n{string.Join('\n', Messages)}");
        return this;
    }
}
