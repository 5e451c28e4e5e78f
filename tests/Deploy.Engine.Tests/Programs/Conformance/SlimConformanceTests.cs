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

    /// <summary>Removes what the SDKs may do in different ways, because it means the same.</summary>
    private static void Adapt(JsonObject outcome)
    {
        foreach (var run in outcome["runs"]!.AsArray().Select(run => run!.AsObject()))
        {
            // The words in which an SDK says that a program failed.
            run.Remove("error");
            run.Remove("messages");
            run.Remove("printed");
            if (run["asked"] is not JsonObject asked)
            {
                continue;
            }

            if (!(run["result"]!.GetValue<string>() is "Succeeded"))
            {
                // Only one of them registers the outputs of a stack whose program failed; there are none.
                asked.Remove("outputs");
            }

            foreach (var registration in asked["registrations"]?.AsArray().Select(registration => registration!.AsObject()) ?? [])
            {
                // Only one of them repeats to a child what it has from its parent, and to a component what its children will say.
                if (registration["protect"] is { } protect && !protect.GetValue<bool>())
                {
                    registration.Remove("protect");
                }

                if (registration["component"] is not null)
                {
                    registration.Remove("providers");
                }
            }
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
