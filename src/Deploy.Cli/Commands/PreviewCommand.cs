using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Cli.Options;
using Deploy.Cli.Rendering;
using Deploy.Engine;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy preview</c>: what <c>up</c> would do.</summary>
internal static class PreviewCommand
{
    public static Command Create(DeployProgram program)
    {
        var expectNoChanges = new Option<bool>("--expect-no-changes") { Description = "Exit 7 when the plan holds a change." };
        var destroy = new Option<bool>("--destroy") { Description = "Plan a destroy instead." };
        var scope = new ScopeOptions(withReplace: true);
        var command = new Command("preview",
            """
            Shows what `deploy up` would do, property by property. Touches nothing.

            Examples:
              deploy preview
              deploy preview -s prod --expect-no-changes
              deploy preview --diff --event-log events.jsonl
              deploy preview -o json
            """) { expectNoChanges, destroy };
        var display = new DisplayOptions();
        scope.AddTo(command);
        display.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => RunAsync(
            context, parsed.GetValue(expectNoChanges), parsed.GetValue(destroy), scope.Read(parsed), display.Read(parsed))));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context, bool expectNoChanges, bool destroy, RunScope scope, DisplayArgs display)
    {
        await using var session = await StackSession.OpenAsync(context);
        // Connecting, reading the configuration, preflight and the start of the program take their time side by side.
        Task ready = session.AzureAsync(context.CancellationToken);
        using var runs = EngineRuns.Open(context, session, scope, display);
        if (session.IsOurs && !destroy)
        {
            ready = PreflightStep.RunAsync(context, session);
        }

        var plan = await runs.RunAsync(destroy ? EngineOperation.PreviewDestroy : EngineOperation.Preview, ready);
        if (!context.Global.Json && plan.Result.Result == RunResult.Succeeded)
        {
            SummaryView.WritePlan(context, plan);
        }

        var unexpected = expectNoChanges && plan.Result.Error is null && plan.Result.Changes.HasChanges
            ? CliErrors.UnexpectedChanges.With($"No changes were expected, but the plan holds some: {ChangesText.Planned(plan.Result.Changes)}.")
            : null;
        return new Outcome
        {
            Stack = session.Name.Value,
            Errors = (plan.Result.Error ?? unexpected) is { } error ? [error] : [],
            Parts = new JsonObject
            {
                ["changes"] = EngineJson.Changes(plan.Result.Changes),
                ["steps"] = EngineJson.Steps(plan.Steps),
                ["outputs"] = EngineJson.Outputs(plan.Result.Outputs, context.Global.ShowSecrets),
            },
        };
    }
}
