using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Cli.Rendering;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Engine.Projects;
using Deploy.Engine.Values;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy stack …</c>: what is known of stacks without asking their Azure.</summary>
internal static class StackCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(DeployProgram program)
    {
        var command = new Command("stack", "Lists stacks, shows their outputs, exports and imports their state.")
        {
            List(program), Output(program), Export(program), StackImportCommand.Create(program), Remove(program), Unlock(program),
        };
        return command;
    }

    private static Command List(DeployProgram program)
    {
        var command = new Command("ls", "Lists the stacks that have a settings file or state.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context =>
        {
            var project = StackLocator.FindProject(context);
            var states = StackLocator.OpenBackend(context, project).ListStacks(project.Name).ToDictionary(stack => stack.Name, StringComparer.Ordinal);
            var names = ProjectReader.StackFiles(project).Union(states.Keys).Order(StringComparer.Ordinal).ToArray();
            if (!context.Global.Json)
            {
                var table = TableStyle.New("Stacks", "Name", "Last update", "Resources", "In progress");
                foreach (var name in names)
                {
                    var state = states.GetValueOrDefault(name);
                    table.AddRow(name, state?.LastUpdate?.ToString("u", CultureInfo.InvariantCulture) ?? "-", (state?.ResourceCount ?? 0).ToString(CultureInfo.InvariantCulture), state?.UpdateInProgress == true ? "yes" : "no");
                }

                context.Out.Write(table);
            }

            return Task.FromResult(new Outcome
            {
                HasStack = false,
                Parts = new JsonObject
                {
                    ["stacks"] = new JsonArray([.. names.Select(name => states.GetValueOrDefault(name) is var state ? new JsonObject
                    {
                        ["name"] = name,
                        ["lastUpdate"] = state?.LastUpdate?.ToString("O", CultureInfo.InvariantCulture),
                        ["resourceCount"] = state?.ResourceCount ?? 0,
                        ["updateInProgress"] = state?.UpdateInProgress ?? false,
                    } : null)]),
                },
            });
        }));
        return command;
    }

    private static Command Output(DeployProgram program)
    {
        var name = new Argument<string?>("name") { Description = "One output; all of them without it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("output",
            """
            Shows the stack's outputs. Secrets are masked unless --show-secrets.

            Examples:
              deploy stack output
              deploy stack output endpoints -o json
            """) { name };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var session = await StackSession.OpenAsync(context);
            var outputs = await session.OutputsAsync(context.CancellationToken)
                ?? throw new DeployException(CliErrors.NoState.With($"Stack '{session.Name}' has not been deployed."));
            var wanted = parsed.GetValue(name) is { } one ? Only(outputs, one) : outputs;
            if (!context.Global.Json)
            {
                WriteOutputs(context, wanted, parsed.GetValue(name));
            }

            return new Outcome
            {
                Stack = session.Name.Value,
                Parts = new JsonObject { ["outputs"] = EngineJson.Outputs(wanted, context.Global.ShowSecrets) },
            };
        }));
        return command;
    }

    private static PropertyMap Only(PropertyMap outputs, string name) => outputs.TryGetValue(name, out var value)
        ? PropertyMap.Create((name, value))
        : throw new DeployException(CliErrors.OutputUnknown.With($"There is no output '{name}'. Known outputs: {string.Join(", ", outputs.Keys)}."));

    /// <summary>One output is printed bare, so that a script can use it: text without quotes, everything else as JSON.</summary>
    private static void WriteOutputs(CommandContext context, PropertyMap outputs, string? name)
    {
        foreach (var (key, value) in outputs)
        {
            var json = PropertyJson.ToJson(value, context.Global.ShowSecrets);
            var text = json is JsonValue scalar && scalar.TryGetValue<string>(out var plain) ? plain : json?.ToJsonString(Indented) ?? "null";
            context.Streams.Output.WriteLine(name is null ? $"{key}: {text}" : text);
        }
    }

    private static Command Export(DeployProgram program)
    {
        var file = new Option<string?>("--file") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };
        var command = new Command("export", "Exports the stack's state in Pulumi's format; secrets stay encrypted unless --show-secrets.") { file };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var session = await StackSession.OpenAsync(context);
            session.RequireEmbeddedEngine("stack export");
            var export = await session.Store.ExportAsync(session.Secrets, context.Global.ShowSecrets, context.CancellationToken)
                ?? throw new DeployException(CliErrors.NoState.With($"Stack '{session.Name}' has no state to export."));
            if (parsed.GetValue(file) is { } path)
            {
                await File.WriteAllTextAsync(Path.GetFullPath(path, context.Streams.WorkingDirectory), export.ToJsonString(Indented), context.CancellationToken);
            }
            else if (!context.Global.Json)
            {
                await context.Streams.Output.WriteLineAsync(export.ToJsonString(Indented));
            }

            return new Outcome { Stack = session.Name.Value, Parts = export };
        }));
        return command;
    }

    private static Command Remove(DeployProgram program)
    {
        var force = new Option<bool>("--force") { Description = "Also when resources are left, which are then nobody's." };
        var command = new Command("rm", "Removes the stack's state; its history and its settings file stay.") { force };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var session = await StackSession.OpenAsync(context);
            session.RequireEmbeddedEngine("stack rm");
            Ask.Confirm(context, $"Remove the state of stack {session.Name}?");
            await session.Store.RemoveAsync(parsed.GetValue(force), context.CancellationToken);
            context.Note($"The state of stack {session.Name} is removed.");
            return new Outcome { Stack = session.Name.Value };
        }));
        return command;
    }

    private static Command Unlock(DeployProgram program)
    {
        var command = new Command("unlock", "Takes away the lock that a run left. Make sure that none is running.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var session = await StackSession.OpenAsync(context);
            session.RequireEmbeddedEngine("cancel");
            Ask.Confirm(context, $"Take away the lock of stack {session.Name}?");
            var count = session.Store.Unlock();
            context.Note(count == 0 ? $"Stack {session.Name} was not locked." : $"Stack {session.Name} is unlocked.");
            return new Outcome { Stack = session.Name.Value, Parts = new JsonObject { ["locks"] = count } };
        }));
        return command;
    }
}
