using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Emulator;
using Spectre.Console;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create(DeployProgram program)
    {
        var command = new Command("status",
            """
            Says whether the local Azure runs, and where.

            Example:
              deploy emulator status -o json
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
            Report(context, await LocalAzureControl.StatusAsync(StoreAccess.PathOf(context), context.CancellationToken))));
        return command;
    }

    public static Outcome Report(CommandContext context, LocalAzureStatus status)
    {
        if (!context.Global.Json)
        {
            var where = status.Connection is { } connection ? $"running at {connection.Https} (keys also at {connection.Http}), process {connection.ProcessId}" : "not running";
            context.Out.MarkupLineInterpolated($"Local Azure: {where}");
            context.Out.MarkupLineInterpolated($"  store: {status.StorePath}");
            if (status.IsRunning)
            {
                context.Out.MarkupLineInterpolated($"  resources: {status.Resources ?? 0}, operations in progress: {status.Operations ?? 0}, fault rules: {status.Faults ?? 0}, clock: {status.Clock ?? "realtime"}");
            }
        }

        return StoreAccess.Done(new JsonObject
        {
            ["running"] = status.IsRunning,
            ["store"] = status.StorePath,
            ["https"] = status.Connection?.Https.AbsoluteUri,
            ["http"] = status.Connection?.Http.AbsoluteUri,
            ["certificate"] = status.Connection?.CertificatePath,
            ["processId"] = status.Connection?.ProcessId,
            ["resources"] = status.Resources,
            ["operations"] = status.Operations,
            ["faults"] = status.Faults,
            ["clock"] = status.Clock,
            ["upstream"] = status.Upstream,
        });
    }
}
