using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Core;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy preflight</c>: everything that can be known before anything is touched.</summary>
internal static class PreflightCommand
{
    public static Command Create(DeployProgram program)
    {
        var command = new Command("preflight",
            """
            Checks settings, models, region, VM sizes, names, permissions and quota. Touches nothing.

            Examples:
              deploy preflight -s prod
              deploy preflight -s prod -o json
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, RunAsync));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context)
    {
        await using var session = await StackSession.OpenAsync(context);
        session.RequireOurs("settings preflight knows");
        var report = (await PreflightStep.RunAsync(context, session))!;
        return new Outcome
        {
            Stack = session.Name.Value,
            Parts = new JsonObject { ["preflight"] = JsonSerializer.SerializeToNode(report.ToJson()) },
        };
    }
}
