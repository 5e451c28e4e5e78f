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
        var display = new DisplayOptions();
        scope.AddTo(command);
        display.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => RunAsync(context, scope.Read(parsed), display.Read(parsed))));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context, RunScope scope, DisplayArgs display)
    {
        await using var session = await StackSession.OpenAsync(context);
        using var runs = await EngineRuns.OpenAsync(context, session, scope, display);
        var plan = await runs.RunAsync(EngineOperation.PreviewDestroy);
        if (plan.Result.Error is { } planError)
        {
            return End(session, plan.Result, planError);
        }

        if (plan.Result.Changes.HasChanges)
        {
            Ask.Confirm(context, scope.Targets.Count == 0 ? $"Destroy stack {session.Name}?" : $"Delete these resources of stack {session.Name}?");
        }

        var (result, _) = await runs.RunAsync(EngineOperation.Destroy);
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
