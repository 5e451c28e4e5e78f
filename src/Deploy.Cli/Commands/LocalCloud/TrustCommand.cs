using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Core;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator trust</c>: says what makes this user's programs trust the store's certificate, and does it only when told to.</summary>
internal static class TrustCommand
{
    public static Command Create(DeployProgram program)
    {
        var remove = new Option<bool>("--remove") { Description = "The way back." };
        var command = new Command("trust",
            """
            Prints what makes your programs trust the certificate of this store, and does it with --yes. Nothing is installed without it, and never for other users.

            Seldom needed: `emulator env` points Azure's clients at a bundle instead.

            Examples:
              deploy emulator trust             print the steps
              deploy emulator trust --yes       do them
              deploy emulator trust --remove --yes
            """)
        {
            remove,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var certificate = Path.Combine(StoreAccess.PathOf(context), "certificate.pem");
            if (!File.Exists(certificate))
            {
                throw new DeployException(CliErrors.EmulatorNotRunning.With("The store has no certificate yet: the local Azure makes it with its first start."));
            }

            var steps = UserTrust.Steps(certificate, parsed.GetValue(remove), context.Streams);
            var shown = new JsonArray();
            foreach (var step in steps)
            {
                if (!context.Global.Json)
                {
                    await context.Streams.Output.WriteLineAsync($"# {step.What}\n{step.Command}");
                }

                if (context.Global.Yes)
                {
                    await step.RunAsync(context.CancellationToken);
                }

                shown.Add((JsonNode)new JsonObject { ["what"] = step.What, ["command"] = step.Command, ["done"] = context.Global.Yes });
            }

            context.Note(context.Global.Yes ? "Done." : "Nothing was done. With --yes it is.");
            return StoreAccess.Done(new JsonObject { ["certificate"] = certificate, ["steps"] = shown }, hasTouched: context.Global.Yes);
        }));
        return command;
    }
}
