using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Cli.Options;
using Deploy.Cli.Rendering;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Engine;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy destroy</c>: takes the environment down.</summary>
internal static class DestroyCommand
{
    public static Command Create(DeployProgram program)
    {
        var scope = new ScopeOptions(withReplace: false);
        var command = new Command("destroy",
            """
            Deletes every resource of the stack. Its settings file and its history stay.

            Soft-deleted holders of names (workspaces, vaults, Log Analytics) are purged for the stacks local and dev, never for others.

            Examples:
              deploy destroy
              deploy destroy -s dev --yes
            """);
        scope.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => RunAsync(context, scope.Read(parsed))));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context, RunScope scope)
    {
        await using var session = await StackSession.OpenAsync(context);
        var runner = await EngineRunner.CreateAsync(context, session);
        var plan = await PlanStep.RunAsync(context, session, runner, EngineOperation.PreviewDestroy, scope);
        if (plan.Result.Error is { } planError)
        {
            return End(session, plan.Result, planError);
        }

        if (plan.Result.Changes.HasChanges)
        {
            Ask.Confirm(context, scope.Targets.Count == 0 ? $"Destroy stack {session.Name}?" : $"Delete these resources of stack {session.Name}?");
        }

        context.Error.MarkupLineInterpolated($"[bold]Destroying ({session.Name})[/]");
        var view = new RunView(context, planning: false);
        var result = await view.ShowAsync("destroying", () => runner.RunAsync(EngineOperation.Destroy, view, scope));
        if (!context.Global.Json && result.Result == RunResult.Succeeded)
        {
            context.Out.MarkupLineInterpolated($"Stack {session.Name}: {ChangesText.Done(result.Changes)} in {StepText.Duration(result.Duration)}.");
        }

        return End(session, result, result.Error) with { HasTouched = true };
    }

    private static Outcome End(StackSession session, EngineResult result, DeployError? error) => new()
    {
        Stack = session.Name.Value,
        Errors = error is null ? [] : [error],
        Parts = new JsonObject { ["changes"] = EngineJson.Changes(result.Changes) },
    };
}
