using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator env</c>.</summary>
internal static class EnvCommand
{
    public static Command Create(DeployProgram program)
    {
        var command = new Command("env",
            """
            Prints the variables that point Azure's and Pulumi's clients at the running local Azure, its client secret among them.

            Example:
              eval "$(deploy emulator env)"
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var azure = await LocalAzure.TryAttachAsync(StoreAccess.PathOf(context), context.CancellationToken)
                ?? throw new DeployException(CliErrors.EmulatorNotRunning.With("The local Azure is not running."));
            var variables = await EmulatorEnvironment.VariablesAsync(azure.Connection, context.Streams.Environment, context.CancellationToken);
            if (!context.Global.Json)
            {
                foreach (var (name, value) in variables)
                {
                    await context.Streams.Output.WriteLineAsync($"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
                }
            }

            return StoreAccess.Done(new JsonObject { ["variables"] = new JsonObject(variables.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))) });
        }));
        return command;
    }
}
