using Deploy.Engine.Projects;
using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Programs;

/// <summary>A real JavaScript program on the unmodified <c>@pulumi/pulumi</c>; skipped where npm packages are not installed.</summary>
public sealed class NodeProgramTests : IDisposable
{
    private const string Source = """
        const pulumi = require("@pulumi/pulumi");
        class Thing extends pulumi.CustomResource {
          constructor(name, args, opts) { super("fake:index:Thing", name, { address: undefined, ...args }, opts); }
        }
        const config = new pulumi.Config();
        console.log("hello from the program");
        const a = new Thing("a", { size: config.requireNumber("size"), key: config.requireSecret("key") });
        const b = new Thing("b", { of: a.address });
        exports.url = b.address;
        exports.key = a.key;
        """;

    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task RunAsync_OfficialNodeSdk_GoesUpShowsNoChangesAndComesDown()
    {
        var modules = FindModules();
        Assert.SkipWhen(modules is null, "no node_modules with @pulumi/pulumi: set DEPLOY_TEST_NODE_MODULES or install those of tests/conformance");
        Directory.CreateSymbolicLink(Path.Combine(_harness.Folder, "node_modules"), modules!);
        File.WriteAllText(Path.Combine(_harness.Folder, "index.js"), Source);
        _harness.Config = StackConfig.Empty with
        {
            Values = new Dictionary<string, string> { ["shop:size"] = "3", ["shop:key"] = "hunter2" },
            SecretKeys = new HashSet<string> { "shop:key" },
        };
        EngineRequest Node(EngineRequest request) => request with
        {
            Project = request.Project with { Runtime = "nodejs", RuntimeOptions = new Dictionary<string, string> { ["typescript"] = "false" } },
            Launcher = null,
        };

        var preview = (await _harness.PreviewAsync(_ => Task.CompletedTask, Node)).Succeeded();
        var up = (await _harness.UpAsync(_ => Task.CompletedTask, Node)).Succeeded();
        var again = (await _harness.UpAsync(_ => Task.CompletedTask, request => Node(request) with { ExpectNoChanges = true })).Succeeded();
        var down = (await _harness.DestroyAsync()).Succeeded();

        Assert.Equal(["create shop-dev", "create a", "create b"], preview.Steps);
        Assert.Equal(preview.Steps, up.Steps);
        Assert.Contains(up.Events.OfType<Deploy.Engine.Events.StandardOutputEvent>(), line => line.Line == "hello from the program");
        Assert.Equal($"https://{up.Resource("b").Id}", up.Result.Outputs["url"].AsString());
        Assert.True(up.Result.Outputs["key"].ContainsSecrets);
        Assert.Equal("hunter2", up.Result.Outputs["key"].AsString());
        Assert.Equal(3, up.Resource("a").Inputs["size"].AsNumber());
        Assert.Empty(again.Steps);
        Assert.Equal(3, down.Result.Changes.Delete);
    }

    [Fact]
    public async Task RunAsync_ResourceFails_EndsTheProgramAndTellsTheProvidersFault()
    {
        var modules = FindModules();
        Assert.SkipWhen(modules is null, "no node_modules with @pulumi/pulumi: set DEPLOY_TEST_NODE_MODULES or install those of tests/conformance");
        Directory.CreateSymbolicLink(Path.Combine(_harness.Folder, "node_modules"), modules!);
        File.WriteAllText(Path.Combine(_harness.Folder, "index.js"), Source);
        _harness.Config = StackConfig.Empty with { Values = new Dictionary<string, string> { ["shop:size"] = "3", ["shop:key"] = "hunter2" } };
        _harness.Cloud.Faults["create a"] = new Core.DeployException(EngineErrors.ResourceFailed.With("no capacity"));

        var run = await _harness.UpAsync(_ => Task.CompletedTask, request => request with { Project = request.Project with { Runtime = "nodejs" }, Launcher = null });

        Assert.Equal(RunResult.Failed, run.Result.Result);
        Assert.Equal("no capacity", run.Result.Error!.Message);
        Assert.Equal(["create a"], run.Failed);
        Assert.True(run.Result.Duration < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task RunAsync_NoSdkInstalled_SaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_harness.Folder, "index.js"), Source);

        var run = await _harness.UpAsync(_ => Task.CompletedTask, request => request with { Project = request.Project with { Runtime = "nodejs" }, Launcher = null });

        Assert.Equal(EngineErrors.ProgramNotStarted, run.Result.Error!.Definition);
        Assert.Contains("npm install", run.Result.Error.Suggestion, StringComparison.Ordinal);
    }

    private static string? FindModules()
    {
        var named = Environment.GetEnvironmentVariable("DEPLOY_TEST_NODE_MODULES");
        var modules = string.IsNullOrEmpty(named) ? Path.Combine(Repository.Root, "tests", "conformance", "node_modules") : named;
        return Directory.Exists(Path.Combine(modules, "@pulumi", "pulumi")) ? modules : null;
    }
}
