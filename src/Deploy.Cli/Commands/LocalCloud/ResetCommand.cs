using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Terminal;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator reset</c>.</summary>
internal static class ResetCommand
{
    public static Command Create(DeployProgram program)
    {
        var command = new Command("reset",
            """
            Removes every resource, fault rule and logged request of the local Azure, and sets its clock right; its certificate, ports and credential stay.

            Example:
              deploy emulator reset --yes
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            Ask.Confirm(context, "Remove every resource of the local Azure?");
            var store = StoreAccess.PathOf(context);
            await LocalAzureControl.ResetAsync(store, context.CancellationToken);
            context.Note("The local Azure is empty.");
            return StoreAccess.Done(new JsonObject { ["store"] = store }, hasTouched: true);
        }));
        return command;
    }
}
