using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Engine;
using Deploy.Engine.Programs;
using Deploy.Engine.Projects;
using Deploy.Engine.Protocol;
using Deploy.Engine.State;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Sdk;

/// <summary>
/// <c>infra/</c> and a JavaScript program that registers the same resources with the same inputs, in turns on a monitor that answers at once: what is left is
/// the SDK.
/// </summary>
internal static class ProgramStart
{
    public static async Task<string> MeasureAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        try
        {
            // The first run of infra/ writes down what the other program registers.
            var infra = Required(ProjectReader.ReadProject(Places.Root));
            var recorded = (await RunAsync(infra)).Recording.Registrations;
            var npm = Npm(infra, folder.FullName, recorded);
            var again = (await RunAsync(npm)).Recording.Registrations;
            if (!Names(again).SequenceEqual(Names(recorded)))
            {
                throw new InvalidOperationException($"the programs register different resources: {string.Join(", ", Names(recorded).Except(Names(again)))}");
            }

            var (slims, npms) = (new List<Run>(), new List<Run>());
            for (var round = 0; round < rounds; round++)
            {
                slims.Add(await RunAsync(infra));
                npms.Add(await RunAsync(npm));
            }

            return Render(slims, npms, recorded.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Render(List<Run> slims, List<Run> npms, int count)
    {
        static string Row(string name, List<Run> runs) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {CaseResult.Median(runs.Select(run => run.Recording.FirstSeconds)):F3} | {CaseResult.Median(runs.Select(run => run.Seconds)):F3} |");
        return string.Join('\n', $"| {count} registrations, {slims.Count} rounds | To the first resource, s | Whole program, s |", "|---|---|---|", Row("`infra/` with `sdk/`", slims), Row("npm SDK, JavaScript", npms));
    }

    private static IEnumerable<string> Names(IEnumerable<JsonObject> registrations) =>
        registrations.Where(item => (string?)item["type"] != "pulumi:pulumi:Stack").Select(item => $"{item["type"]} {item["name"]}").Order(StringComparer.Ordinal);

    private static Project Npm(Project infra, string folder, IEnumerable<JsonObject> registrations)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Places.Root, "bench", "sdk", "npm")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "registrations.json"), new JsonArray([.. registrations.Select(item => item.DeepClone())]).ToJsonString());
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Places.NodeModules);
        return infra with
        {
            Runtime = "nodejs",
            RuntimeOptions = new Dictionary<string, string> { ["typescript"] = "false" },
            RootDirectory = folder,
            ProgramDirectory = folder,
        };
    }

    private static async Task<Run> RunAsync(Project project)
    {
        var config = Required(ProjectReader.ReadStackConfig(project, "local", new PassphraseSecretsProvider(new() { Passphrase = "bench" })));
        var recording = new Recording();
        var printed = new ConcurrentQueue<string>();
        await using var server = await ProtocolServer.StartAsync<AzureMonitor, EmptyEngine>(services => services.AddSingleton<Tally>().AddSingleton(recording), default);
        recording.Begin();
        var result = await new ProjectProgramLauncher(project, Places.Built("Infra", "Infra.dll")).RunAsync(Launch(project, config, server.Address, printed.Enqueue), default);
        return result.ExitCode == 0
            ? new(recording.Elapsed, recording)
            : throw new InvalidOperationException($"{project.Runtime}: exit {result.ExitCode}. {result.Error}\n{string.Join('\n', printed)}");
    }

    private static ProgramLaunch Launch(Project project, StackConfig config, string address, Action<string> print) => new()
    {
        Address = address,
        Project = project.Name,
        Stack = "local",
        Organization = "organization",
        RootDirectory = project.RootDirectory,
        ProgramDirectory = project.ProgramDirectory,
        Config = config.Values,
        ConfigSecretKeys = config.SecretKeys,
        DryRun = false,
        Parallel = 16,
        Environment = new Dictionary<string, string?>(),
        OnOutput = (line, _) => print(line),
    };

    private static T Required<T>(Read<T> read)
        where T : class => read.Value ?? throw new InvalidOperationException(string.Join('\n', read.Errors));

    private sealed record Run(double Seconds, Recording Recording);
}
