using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Core;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy quota</c>: what environments take of the subscription's quota, and what is left.</summary>
internal static class QuotaCommand
{
    public static Command Create(DeployProgram program)
    {
        var allStacks = new Option<bool>("--all-stacks") { Description = "Every stack of the project; what stacks of one subscription and location need adds up." };
        var command = new Command("quota",
            """
            Reports quota: per serverless deployment, and per VM family for managed compute. Never changes the exit code by itself.

            Examples:
              deploy quota -s prod
              deploy quota -s prod -o json
              deploy quota --all-stacks       what dev, staging and prod need together
            """) { allStacks };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => parsed.GetValue(allStacks) ? RunAllAsync(context) : RunAsync(context)));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context)
    {
        await using var session = await StackSession.OpenAsync(context);
        session.RequireOurs("settings the quota report knows");
        var report = await QuotaStep.RunAsync(context, session, verification: null, await HeldByProject.ReadAsync(context, session));
        return new Outcome { Stack = session.Name.Value, Parts = new JsonObject { ["quota"] = QuotaJson.ToNode(report) } };
    }

    private static async Task<Outcome> RunAllAsync(CommandContext context)
    {
        await using var fleet = await StackFleet.OpenAllAsync(context);
        fleet.Sessions[0].RequireOurs("settings the quota report knows");
        var report = await QuotaStep.RunAsync(context, fleet, await HeldByProject.ReadAsync(context, fleet.Sessions[0]));
        return new Outcome { Stack = null, Parts = new JsonObject { ["quota"] = QuotaJson.ToNode(report) } };
    }
}
