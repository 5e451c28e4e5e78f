using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Core;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy quota</c>: what the environment takes of the subscription's quota, and what is left.</summary>
internal static class QuotaCommand
{
    public static Command Create(DeployProgram program)
    {
        var command = new Command("quota",
            """
            Reports quota: per serverless deployment, and per VM family for managed compute. Never changes the exit code by itself.

            Examples:
              deploy quota -s prod
              deploy quota -s prod -o json
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, RunAsync));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context)
    {
        await using var session = await StackSession.OpenAsync(context);
        if (!session.IsOurs)
        {
            throw new DeployException(CliErrors.NothingToVerify.With($"Project '{session.Project.Name}' is not the program of this repository, whose settings the quota report knows."));
        }

        var report = await QuotaStep.RunAsync(context, session);
        return new Outcome { Stack = session.Name.Value, Parts = new JsonObject { ["quota"] = QuotaJson.ToNode(report) } };
    }
}
