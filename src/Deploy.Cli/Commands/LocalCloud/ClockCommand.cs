using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator clock</c>.</summary>
internal static class ClockCommand
{
    public static Command Create(DeployProgram program)
    {
        var advance = new Option<string?>("--advance") { Description = "Put it forward: 90s, 15m, 2h, 14d.", HelpName = "TIME" };
        var speed = new Option<string?>("--speed") { Description = "realtime, instant, or a factor such as 60x; 0x stops it.", HelpName = "SPEED" };
        var command = new Command("clock",
            """
            Shows or sets the clock of the local Azure: operations, tokens, soft-deleted names and limits per minute go by it.

            Examples:
              deploy emulator clock
              deploy emulator clock --advance 14d      soft-deleted names become free
              deploy emulator clock --speed 60x
            """)
        {
            advance, speed,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var azure = await StoreAccess.OpenAsync(context);
            var (by, to) = (parsed.GetValue(advance), parsed.GetValue(speed));
            var changes = by is not null || to is not null;
            JsonObject clock = changes ? await azure.Management.SetClockAsync(by, to, context.CancellationToken) : await azure.Management.ClockAsync(context.CancellationToken);
            if (!context.Global.Json)
            {
                context.Out.MarkupLineInterpolated($"{(string?)clock["now"]} ({(string?)clock["speed"]}, {(double?)clock["aheadSeconds"]} s ahead)");
            }

            return StoreAccess.Done(clock, changes);
        }));
        return command;
    }
}
