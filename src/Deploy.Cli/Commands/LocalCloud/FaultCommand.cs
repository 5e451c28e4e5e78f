using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator;
using Spectre.Console;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator fault …</c>: adds, lists and removes fault rules. They lie in the store, so a host is started only to write them when none runs.</summary>
internal static class FaultCommand
{
    public static Command Create(DeployProgram program)
    {
        var options = new FaultOptions();
        var command = new Command("fault",
            """
            Makes the local Azure misbehave on purpose, until `emulator fault none`.

            Examples:
              deploy emulator fault newlines mini
              deploy emulator fault status mini --status 503 --after 2 --times 1
              deploy emulator fault throttling --path '/subscriptions/**' --retry-after 5s --probability 0.1 --seed 7
              deploy emulator fault operation-failure --resource-type Microsoft.MachineLearningServices/workspaces
              deploy emulator fault list
              deploy emulator fault remove status-1
            """);
        options.AddTo(command);
        command.Subcommands.Add(List(program));
        command.Subcommands.Add(Remove(program));
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var rule = options.Read(parsed);
            await using var azure = await StoreAccess.OpenAsync(context);
            if (rule is null)
            {
                await azure.ClearFaultsAsync(context.CancellationToken);
                context.Note("No fault rule is left.");
            }
            else
            {
                var added = await azure.AddFaultAsync(rule, context.CancellationToken);
                context.Note($"Fault '{added.Id}' is on for {(rule.Endpoint is { } endpoint ? $"endpoint '{endpoint}'" : "what it matches")}.");
            }

            return StoreAccess.Done(await azure.Management.FaultsAsync(context.CancellationToken), hasTouched: true);
        }));
        return command;
    }

    private static Command List(DeployProgram program)
    {
        var command = new Command("list",
            """
            Lists the fault rules, how often each has hit, and the last hits.

            Example:
              deploy emulator fault list -o json
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var azure = await StoreAccess.OpenAsync(context);
            var found = await azure.Management.FaultsAsync(context.CancellationToken);
            found["hits"] = (await azure.Management.FaultHitsAsync(context.CancellationToken))["hits"]!.DeepClone();
            if (!context.Global.Json)
            {
                Show(context, found);
            }

            return StoreAccess.Done(found);
        }));
        return command;
    }

    private static void Show(CommandContext context, JsonObject found)
    {
        foreach (var rule in found["rules"]!.AsArray().OfType<JsonObject>())
        {
            var rest = string.Join(", ", rule.Where(pair => pair.Key is not ("id" or "kind" or "hits")).Select(pair => $"{pair.Key} {pair.Value}"));
            context.Out.MarkupLineInterpolated($"{(string?)rule["id"]}  {(string?)rule["kind"]}  hits {(int?)rule["hits"]}  {rest}");
        }

        foreach (var hit in found["hits"]!.AsArray().OfType<JsonObject>())
        {
            context.Out.MarkupLineInterpolated($"  {(string?)hit["time"]}  {(string?)hit["rule"]}  {(string?)hit["method"]} {(string?)hit["path"]}");
        }
    }

    private static Command Remove(DeployProgram program)
    {
        var id = new Argument<string>("id") { Description = "As `emulator fault list` shows it." };
        var command = new Command("remove",
            """
            Removes one fault rule.

            Example:
              deploy emulator fault remove status-1
            """)
        {
            id,
        };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var azure = await StoreAccess.OpenAsync(context);
            if (!await azure.RemoveFaultAsync(parsed.GetValue(id)!, context.CancellationToken))
            {
                throw new DeployException(EmulatorErrors.FaultsInvalid.With($"There is no fault rule '{parsed.GetValue(id)}'.", "`deploy emulator fault list` shows them."));
            }

            return StoreAccess.Done(await azure.Management.FaultsAsync(context.CancellationToken), hasTouched: true);
        }));
        return command;
    }
}
