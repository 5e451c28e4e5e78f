using System.Text.Json.Nodes;
using Deploy.Engine.Programs;
using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>The same programs on the SDK of this repository: they ask for the same and come to the same.</summary>
public sealed class SlimConformanceTests(SlimPrograms programs) : IClassFixture<SlimPrograms>
{
    public static TheoryData<string> Programs => [.. SlimPrograms.Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Program_OnTheSlimSdk_AsksForAndComesToTheSame(string name) => programs.Of(name);
}

/// <summary>The runs on the SDK of this repository.</summary>
public sealed class SlimPrograms : IDisposable
{
    private static readonly string Binary = Path.Combine(Repository.Root, "artifacts", "bin", "Slim", "release", "Slim.dll");

    private readonly ProgramRuns _runs = new(Names, static name => new ProgramCase(name).RunLikeAsync(_ => new SlimLauncher(name), Adapt));

    /// <summary>All programs whose file does not say why they cannot exist here.</summary>
    internal static IEnumerable<string> Names => ProgramCase.Names.Where(static name => !new ProgramCase(name).IsForNodeOnly);

    public Task Of(string name) => _runs.Of(name);

    public void Dispose() => _runs.Dispose();

    /// <summary>The words in which an SDK says that a program failed are its own; what it registers and what becomes of it are not.</summary>
    private static void Adapt(JsonObject outcome)
    {
        foreach (var run in outcome["runs"]!.AsArray().Select(run => run!.AsObject()))
        {
            run.Remove("error");
            run.Remove("messages");
            run.Remove("printed");
        }
    }

    private sealed class SlimLauncher(string name) : IProgramLauncher
    {
        public async Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken)
        {
            var plan = new ProcessPlan
            {
                FileName = "dotnet",
                Arguments = [Binary, name],
                WorkingDirectory = launch.ProgramDirectory,
                Environment = ProgramEnvironment.Create(launch),
            };
            return new() { ExitCode = await ProgramProcess.RunAsync(plan, launch.OnOutput, cancellationToken) };
        }
    }
}
