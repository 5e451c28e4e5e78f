using Deploy.Engine.Programs;
using Deploy.Engine.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Engine;

/// <summary>The same program on the empty monitor: what a run costs before any engine does anything.</summary>
internal static class EmptySubject
{
    public static async Task<int> RunAsync(Workload workload)
    {
        var tally = new Tally();
        await using (var server = await ProtocolServer.StartAsync<EmptyMonitor, EmptyEngine>(services => services.AddSingleton(tally), default))
        {
            var result = await workload.Launcher.RunAsync(Launch(workload, server.Address), default);
            if (result.ExitCode != 0 || tally.Registrations != workload.Count + 1)
            {
                await Console.Error.WriteLineAsync($"exit {result.ExitCode}, {tally.Registrations} registered, {workload.Count + 1} expected. {result.Error}");
                return 1;
            }
        }

        Footprint.Print();
        return 0;
    }

    private static ProgramLaunch Launch(Workload workload, string address) => new()
    {
        Address = address,
        Project = workload.Project.Name,
        Stack = "dev",
        Organization = "organization",
        RootDirectory = workload.Folder,
        ProgramDirectory = workload.Folder,
        Config = workload.Config.Values,
        ConfigSecretKeys = workload.Config.SecretKeys,
        DryRun = false,
        Parallel = 16,
        Environment = new Dictionary<string, string?>(),
        OnOutput = (line, _) => Console.Error.WriteLine(line),
    };
}
