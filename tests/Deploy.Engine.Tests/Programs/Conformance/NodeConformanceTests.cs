using Deploy.Engine.Programs;
using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>Programs on the unmodified npm SDK; skipped where npm packages are not installed.</summary>
public sealed class NodeConformanceTests(NodePrograms programs) : IClassFixture<NodePrograms>
{
    public static TheoryData<string> Programs => [.. ProgramCase.Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_OnTheNpmSdk_AsksForAndComesToWhatItsFileSays(string name)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Repository.Root, "tests", "conformance", "node_modules", "@pulumi", "pulumi")), "npm packages are not installed in tests/conformance");
        await programs.Of(name);
    }
}

/// <summary>The runs on the npm SDK.</summary>
public sealed class NodePrograms : IDisposable
{
    private readonly ProgramRuns _runs = new(ProgramCase.Names, static name => new ProgramCase(name).RunAsync(request => Launcher(request, name)));

    public Task Of(string name) => _runs.Of(name);

    public void Dispose() => _runs.Dispose();

    private static ProjectProgramLauncher Launcher(EngineRequest request, string name)
    {
        var project = request.Project with { Runtime = "nodejs", EntryPoint = $"{name}.js", RuntimeOptions = new Dictionary<string, string> { ["typescript"] = "false" } };
        return new(project, binary: null);
    }
}
