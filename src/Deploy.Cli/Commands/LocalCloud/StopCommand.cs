using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator stop</c>.</summary>
internal static class StopCommand
{
    public static Command Create(DeployProgram program)
    {
        var command = new Command("stop",
            """
            Ends the local Azure; its store stays.

            Example:
              deploy emulator stop
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var stopped = await LocalAzureControl.StopAsync(StoreAccess.PathOf(context), context.CancellationToken);
            context.Note(stopped ? "Stopped." : "It was not running.");
            return StoreAccess.Done(new JsonObject { ["stopped"] = stopped });
        }));
        return command;
    }
}
