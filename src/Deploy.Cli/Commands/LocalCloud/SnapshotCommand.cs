using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator snapshot FILE</c>.</summary>
internal static class SnapshotCommand
{
    public static Command Create(DeployProgram program)
    {
        var file = new Argument<string>("file") { Description = "Where to write it; overwritten. It holds the keys of the endpoints, and only you may read it." };
        var command = new Command("snapshot",
            """
            Writes everything in the local Azure to a file, for `emulator restore` or `emulator seed`.

            Example:
              deploy emulator snapshot before.json
            """)
        {
            file,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!, context.Streams.WorkingDirectory);
            await using var azure = await StoreAccess.OpenAsync(context);
            var snapshot = await azure.Management.SnapshotAsync(context.CancellationToken);
            SeedFile.Write(path, snapshot);
            var count = snapshot["resources"]!.AsArray().Count;
            context.Note($"{count} resources are in {path}.");
            return StoreAccess.Done(new JsonObject { ["file"] = path, ["resources"] = count });
        }));
        return command;
    }
}

/// <summary><c>deploy emulator restore FILE</c>.</summary>
internal static class RestoreCommand
{
    public static Command Create(DeployProgram program)
    {
        var file = new Argument<string>("file") { Description = "What `emulator snapshot` wrote." };
        var command = new Command("restore",
            """
            Puts a snapshot in the place of everything in the local Azure, keys of endpoints included.

            Example:
              deploy emulator restore before.json --yes
            """)
        {
            file,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!, context.Streams.WorkingDirectory);
            var snapshot = SeedFile.Read(path);
            Terminal.Ask.Confirm(context, "Replace every resource of the local Azure?");
            await using var azure = await StoreAccess.OpenAsync(context);
            await azure.Management.RestoreAsync(snapshot, context.CancellationToken);
            var count = (snapshot["resources"] as JsonArray)?.Count ?? throw new DeployException(Emulator.EmulatorErrors.SnapshotInvalid.With("It has no resources."));
            context.Note($"{count} resources are back.");
            return StoreAccess.Done(new JsonObject { ["file"] = path, ["resources"] = count }, hasTouched: true);
        }));
        return command;
    }
}
