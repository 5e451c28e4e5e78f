using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator requests</c>.</summary>
internal static class RequestsCommand
{
    public static Command Create(DeployProgram program)
    {
        var last = new Option<int>("--last") { Description = "How many, 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("requests",
            """
            Shows the last requests to the local Azure; * marks those that changed something. Keys and tokens are never kept.

            Examples:
              deploy emulator requests --last 5
              deploy emulator requests -o json
            """)
        {
            last,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var azure = await StoreAccess.OpenAsync(context);
            var found = await azure.Management.RequestsAsync(parsed.GetValue(last), context.CancellationToken);
            if (!context.Global.Json)
            {
                foreach (var line in found["requests"]!.AsArray().OfType<JsonObject>())
                {
                    context.Out.MarkupLineInterpolated($"{(string?)line["time"]} {((bool?)line["write"] == true ? "*" : " ")} {(int?)line["status"],3} {(string?)line["method"]} {(string?)line["path"]} {(string?)line["fault"]}");
                }
            }

            return StoreAccess.Done(found);
        }));
        return command;
    }
}
