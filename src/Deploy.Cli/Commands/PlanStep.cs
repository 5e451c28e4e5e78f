using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Events;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary>A preview, and the steps it found.</summary>
internal sealed record Plan(EngineResult Result, IReadOnlyList<StepMetadata> Steps);

/// <summary>The plan before a change, as <c>up</c>, <c>preview</c> and <c>destroy</c> share it.</summary>
internal static class PlanStep
{
    public static async Task<Plan> RunAsync(CommandContext context, StackSession session, IEngineRunner runner, EngineOperation operation, RunScope scope)
    {
        var what = operation == EngineOperation.PreviewDestroy ? "Previewing destroy" : "Previewing update";
        context.Error.MarkupLineInterpolated($"[bold]{what} ({session.Name})[/]");
        var view = new RunView(context, planning: true);
        var result = await view.ShowAsync("planning", () => runner.RunAsync(operation, view, scope));
        if (result.Result == RunResult.Succeeded)
        {
            context.Error.MarkupLineInterpolated($"  [grey]plan:[/] {ChangesText.Planned(result.Changes)}");
        }

        return new Plan(result, view.Steps);
    }

    /// <exception cref="DeployException">No change is expected and the plan holds one.</exception>
    public static void RefuseChanges(Plan plan, bool expectNoChanges)
    {
        if (expectNoChanges && plan.Result.Changes.HasChanges)
        {
            throw new DeployException(CliErrors.UnexpectedChanges.With($"No changes were expected, but the plan holds some: {ChangesText.Planned(plan.Result.Changes)}. Nothing was touched."));
        }
    }
}
