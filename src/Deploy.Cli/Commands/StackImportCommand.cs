using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Terminal;
using Deploy.Core;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy stack import</c>: puts an exported state in the place of the stack's own.</summary>
internal static class StackImportCommand
{
    public static Command Create(DeployProgram program)
    {
        var file = new Option<string?>("--file") { Description = "Read from this file instead of standard input.", HelpName = "FILE" };
        var command = new Command("import",
            """
            Replaces the stack's state by one that was exported. The state before is kept among the backups.

            Examples:
              deploy stack export --file state.json
              deploy stack import --file state.json --yes
            """) { file };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => RunAsync(context, parsed.GetValue(file))));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context, string? file)
    {
        await using var session = StackSession.Open(context);
        var export = await ReadAsync(context, file);
        if (session.Store.Exists)
        {
            Ask.Confirm(context, $"Replace the state of stack {session.Name}?");
        }

        var count = await session.Store.ImportAsync(export, session.Secrets, context.CancellationToken);
        context.Note($"Stack {session.Name}: {count} resource(s) imported.");
        return new Outcome { Stack = session.Name.Value, Parts = new JsonObject { ["resources"] = count } };
    }

    private static async Task<JsonObject> ReadAsync(CommandContext context, string? file)
    {
        try
        {
            var text = file is null
                ? await context.Streams.Input.ReadToEndAsync(context.CancellationToken)
                : await File.ReadAllTextAsync(Path.GetFullPath(file, context.Streams.WorkingDirectory), context.CancellationToken);
            return JsonNode.Parse(text) as JsonObject ?? throw new DeployException(CliErrors.ImportUnreadable.With("It is not a JSON object."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DeployException(CliErrors.ImportUnreadable.With(exception.Message), exception);
        }
    }
}
