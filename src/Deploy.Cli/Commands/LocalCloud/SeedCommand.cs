using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator seed FILE</c>.</summary>
internal static class SeedCommand
{
    public static Command Create(DeployProgram program)
    {
        var file = new Argument<string>("file") { Description = "JSON or YAML: resources, a list of { id, apiVersion, body }. A snapshot is one." };
        var command = new Command("seed",
            """
            Creates the resources of a file in the local Azure, as a client would: with every check. What is there already is updated.

            An id is absolute, or begins with resourceGroups/; the subscription is the store's. Without an apiVersion, the newest is taken.

            Examples:
              deploy emulator seed stacks/seed.yaml
              deploy emulator seed before.json
            """)
        {
            file,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!, context.Streams.WorkingDirectory);
            var content = SeedFile.Read(path);
            await using var azure = await StoreAccess.OpenAsync(context);
            var count = await LocalAzureSeed.ApplyAsync(azure.Connection, content, context.CancellationToken);
            context.Note($"{count} resources are in the local Azure.");
            return StoreAccess.Done(new JsonObject { ["file"] = path, ["resources"] = count }, hasTouched: true);
        }));
        return command;
    }
}
