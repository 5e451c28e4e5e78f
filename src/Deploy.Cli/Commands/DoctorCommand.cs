using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Core;
using Deploy.Emulator;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy doctor</c>: what this machine has and lacks.</summary>
internal static class DoctorCommand
{
    private sealed record Finding(string Subject, string Status, string Message);

    public static Command Create(DeployProgram program)
    {
        var command = new Command("doctor", "Checks this machine: tools, project, settings, the local Azure. Changes nothing.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, RunAsync));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context)
    {
        Finding[] findings =
        [
            new(".NET", "ok", $"runtime {Environment.Version}"),
            Tool(context, "dotnet", "builds programs"),
            Tool(context, "node", "runs JavaScript programs"),
            Tool(context, "pulumi", "deploys to Azure with --engine pulumi"),
            Tool(context, "az", "signs in to Azure"),
            .. Project(context),
            await EmulatorAsync(context),
        ];
        if (!context.Global.Json)
        {
            var table = TableStyle.New("Doctor", "Subject", "Status", "Finding");
            foreach (var finding in findings)
            {
                var color = finding.Status switch { "ok" => "green", "absent" => "grey", _ => "red" };
                table.AddRow(new Text(finding.Subject), new Markup($"[{color}]{finding.Status}[/]"), new Text(finding.Message));
            }

            context.Out.Write(table);
        }

        return new Outcome
        {
            HasStack = false,
            Parts = new JsonObject
            {
                ["findings"] = new JsonArray([.. findings.Select(f => new JsonObject { ["subject"] = f.Subject, ["status"] = f.Status, ["message"] = f.Message })]),
            },
        };
    }

    private static Finding Tool(CommandContext context, string name, string use) => Executable.Find(context.Streams, name) is { } path
        ? new(name, "ok", $"{path}; {use}")
        : new(name, "absent", $"not on PATH; {use}");

    private static IEnumerable<Finding> Project(CommandContext context)
    {
        string[] stacks;
        try
        {
            var project = StackLocator.FindProject(context);
            stacks = [.. Engine.Projects.ProjectReader.StackFiles(project)];
        }
        catch (DeployException exception)
        {
            return [new("project", "fault", exception.Error.Message)];
        }
        catch (FaultsException faults)
        {
            return [.. faults.Faults.Select(fault => new Finding("project", "fault", fault.Message))];
        }

        return stacks.Select(stack => Settings(context, stack));
    }

    private static Finding Settings(CommandContext context, string stack)
    {
        try
        {
            _ = StackSession.Open(context with { Global = context.Global with { Stack = stack } });
            return new($"stack {stack}", "ok", "settings are valid");
        }
        catch (FaultsException faults)
        {
            return new($"stack {stack}", "fault", string.Join("; ", faults.Faults.Select(fault => fault.Message)));
        }
        catch (DeployException exception)
        {
            return new($"stack {stack}", "fault", exception.Error.Message);
        }
    }

    private static async Task<Finding> EmulatorAsync(CommandContext context)
    {
        string root;
        try
        {
            root = StackLocator.FindProject(context).RootDirectory;
        }
        catch (DeployException)
        {
            return new("local Azure", "absent", "no project, so no store");
        }

        var status = await LocalAzureControl.StatusAsync(LocalStore.PathOf(context, root), context.CancellationToken);
        return status.Connection is { } connection
            ? new("local Azure", "ok", $"running at {connection.Https}, {status.Resources} resources")
            : new("local Azure", "absent", "not running; `deploy up` hosts one while it runs");
    }
}
