using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Cli.Options;
using Deploy.Cli.Rendering;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Events;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy refresh</c>: takes what the cloud says into the state, and shows how it differs.</summary>
internal static class RefreshCommand
{
    private sealed record Args(bool PreviewOnly, bool ExpectNoChanges, RunScope Scope, DisplayArgs Display);

    public static Command Create(DeployProgram program)
    {
        var previewOnly = new Option<bool>("--preview-only") { Description = "Show what differs, and leave the state as it is." };
        var expectNoChanges = new Option<bool>("--expect-no-changes") { Description = "Exit 7, and leave the state as it is, when something differs." };
        var target = ScopeOptions.NewTarget();
        var command = new Command("refresh",
            """
            Reads every resource of the stack from the cloud and takes what changed there into the state. Changes nothing in the cloud.

            Examples:
              deploy refresh --preview-only            what has drifted, property by property
              deploy refresh -s prod --expect-no-changes --preview-only
              deploy refresh --yes                     the next `deploy up` corrects it
            """) { previewOnly, expectNoChanges, target };
        var display = new DisplayOptions();
        display.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => RunAsync(
            context, new Args(parsed.GetValue(previewOnly), parsed.GetValue(expectNoChanges), new RunScope { Targets = parsed.GetValue(target) ?? [] }, display.Read(parsed)))));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context, Args args)
    {
        await using var session = await StackSession.OpenAsync(context);
        using var runs = await EngineRuns.OpenAsync(context, session, args.Scope, args.Display);
        var (found, steps) = await runs.RunAsync(EngineOperation.PreviewRefresh);
        var unexpected = args.ExpectNoChanges && found.Error is null && found.Changes.HasChanges
            ? CliErrors.UnexpectedChanges.With($"The cloud is not what the state says: {Text(found.Changes)}. The state was left as it is.", "Run `deploy refresh --preview-only` to see the differences.")
            : null;
        if (args.PreviewOnly || unexpected is not null || found.Result != RunResult.Succeeded)
        {
            return End(context, session, found, steps, unexpected ?? found.Error);
        }

        if (found.Changes.HasChanges)
        {
            Ask.Confirm(context, $"Take this into the state of stack {session.Name}?");
        }

        var (result, taken) = await runs.RunAsync(EngineOperation.Refresh);
        return End(context, session, result, taken, result.Error) with { HasTouched = true };
    }

    private static Outcome End(CommandContext context, StackSession session, EngineResult result, IReadOnlyList<StepMetadata> steps, DeployError? error)
    {
        if (!context.Global.Json && result.Result == RunResult.Succeeded)
        {
            context.Out.MarkupLineInterpolated($"Stack {session.Name}: {Text(result.Changes)}.");
        }

        return new Outcome
        {
            Stack = session.Name.Value,
            Errors = error is null ? [] : [error],
            Parts = new JsonObject { ["changes"] = EngineJson.Changes(result.Changes), ["steps"] = EngineJson.Steps(steps) },
        };
    }

    private static string Text(ChangeSummary changes) => changes.HasChanges
        ? $"{changes.Update} differ(s), {changes.Delete} gone, {changes.Same} unchanged"
        : $"nothing has drifted, {changes.Same} unchanged";
}
