using System.Globalization;
using Deploy.Core;
using Deploy.Engine.Projects;

namespace Deploy.Engine.Programs;

/// <summary>Starts a Node program through the entry script of its own <c>@pulumi/pulumi</c>.</summary>
internal static class NodeProgram
{
    private static readonly string RunScript = Path.Combine("node_modules", "@pulumi", "pulumi", "cmd", "run", "index.js");

    public static ProcessPlan Plan(Project project, ProgramLaunch launch)
    {
        var script = FindScript(launch.ProgramDirectory) ?? throw new DeployException(EngineErrors.ProgramNotStarted.With(
            $"@pulumi/pulumi is not installed in {launch.ProgramDirectory} or a folder above it", "Run 'npm install' in the program's folder."));
        var arguments = new List<string>
        {
            script,
            "--monitor", launch.Address,
            "--engine", launch.Address,
            "--organization", launch.Organization,
            "--project", launch.Project,
            "--stack", launch.Stack,
            "--root-directory", launch.RootDirectory,
            "--pwd", launch.ProgramDirectory,
            "--parallel", launch.Parallel.ToString(CultureInfo.InvariantCulture),
        };
        if (launch.DryRun)
        {
            arguments.Add("--dry-run");
        }

        arguments.Add(project.EntryPoint);
        if (project.RuntimeOptions.TryGetValue("nodeargs", out var nodeArguments))
        {
            arguments.InsertRange(0, nodeArguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return new() { FileName = "node", Arguments = arguments, WorkingDirectory = launch.ProgramDirectory, Environment = EnvironmentOf(project, launch) };
    }

    private static Dictionary<string, string?> EnvironmentOf(Project project, ProgramLaunch launch)
    {
        var environment = new Dictionary<string, string?>(ProgramEnvironment.Create(launch), StringComparer.Ordinal);

        // As the official host: TypeScript unless the project says no.
        environment["PULUMI_NODEJS_TYPESCRIPT"] = project.RuntimeOptions.GetValueOrDefault("typescript") == "false" ? "false" : "true";
        if (project.RuntimeOptions.TryGetValue("tsconfig", out var configuration))
        {
            environment["PULUMI_NODEJS_TSCONFIG_PATH"] = configuration;
        }

        return environment;
    }

    private static string? FindScript(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            var script = Path.Combine(current, RunScript);
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }
}
