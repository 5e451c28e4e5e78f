using System.CommandLine;
using Deploy.Cli.Composition;
using Deploy.Cli.Options;
using Deploy.Cli.Rendering;
using Deploy.Cli.Reports;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Engine;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy up</c>: preflight, preview, update, verify, quota, one summary.</summary>
internal static class UpCommand
{
    private sealed record Args(bool ExpectNoChanges, bool SkipVerify, VerifyArgs Verify, RunScope Scope, DisplayArgs Display);

    /// <summary>How long a managed deployment that was just made may take until it answers.</summary>
    private static readonly TimeSpan ManagedWait = TimeSpan.FromMinutes(10);

    public static Command Create(DeployProgram program)
    {
        var expectNoChanges = new Option<bool>("--expect-no-changes") { Description = "Refuse (exit 7), before anything is touched, when the plan holds a change." };
        var skipVerify = new Option<bool>("--skip-verify") { Description = "Do not verify the endpoints afterwards." };
        var verification = new VerifyOptions(waitByDefault: null);
        var scope = new ScopeOptions(withReplace: true);
        var command = new Command("up",
            """
            Makes the environment what its settings say: preflight, preview, update, verification, quota report.

            Examples:
              deploy up                               stack local on the local Azure
              deploy up -s dev --yes                  no question asked
              deploy up --yes -o json > result.json   for a pipeline
              deploy up --yes --expect-no-changes     prove that nothing has drifted from the settings
            """) { expectNoChanges, skipVerify };
        var display = new DisplayOptions();
        scope.AddTo(command);
        display.AddTo(command);
        verification.AddTo(command);
        var reports = new ReportOptions();
        reports.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context =>
        {
            var args = new Args(parsed.GetValue(expectNoChanges), parsed.GetValue(skipVerify), verification.Read(parsed), scope.Read(parsed), display.Read(parsed));
            return ReportRun.RunAsync(context, reports.Read(parsed), "up", shown => RunAsync(context, args, shown));
        }));
        return command;
    }

    /// <summary>Wherever the walk ends, the document has every part it got to.</summary>
    private static async Task<Outcome> RunAsync(CommandContext context, Args args, ReportParts shown)
    {
        var parts = new UpParts();
        var stack = StackLocator.NameOf(context);
        try
        {
            await using var session = await StackSession.OpenAsync(context);
            stack = session.Name.Value;
            shown.Take(session);
            await WalkAsync(context, session, args, parts, shown);
        }
        catch (Exception exception) when (!Faults.IsDebugged(exception, context))
        {
            parts.Errors.AddRange(Faults.Of(exception, context));
        }

        shown.Quota = parts.Quota;
        shown.LeftOut = args.SkipVerify && parts.Errors.Count == 0 ? "Left out by --skip-verify." : null;
        return parts.ToOutcome(context, stack);
    }

    private static async Task WalkAsync(CommandContext context, StackSession session, Args args, UpParts parts, ReportParts shown)
    {
        var time = context.Streams.TimeProvider;
        var verify = VerifyPlan.Make(context, args.Verify);
        using var runs = await EngineRuns.OpenAsync(context, session, args.Scope, args.Display);
        await parts.MeasureAsync("preflight", time, () => PreflightStep.RunAsync(context, session));
        var plan = await parts.MeasureAsync("preview", time, () => runs.RunAsync(EngineOperation.Preview));
        parts.Changes = plan.Result.Changes;
        if (plan.Result.Error is { } planError)
        {
            throw new DeployException(planError);
        }

        if (args.ExpectNoChanges)
        {
            plan.RefuseChanges();
        }

        if (plan.Result.Changes.HasChanges)
        {
            Ask.Confirm(context, $"Do this to stack {session.Name}?");
        }

        var update = await parts.MeasureAsync("update", time, () => UpdateAsync(runs, parts));
        if (!session.IsOurs || update.Result != RunResult.Succeeded)
        {
            return;
        }

        if (!args.SkipVerify)
        {
            var patient = verify.WithWait(args.Verify.Wait ?? WaitFor(session));
            parts.Verification = await parts.MeasureAsync("verification", time, () => VerifyStep.RunAsync(context, session, update.Outputs, patient, shown));
            if (parts.Verification.ToError() is { } error)
            {
                parts.Errors.Add(error);
            }
        }

        parts.Quota = await parts.MeasureAsync("quota report", time, () => QuotaStep.RunAsync(context, session, parts.Verification, held: null));
    }

    private static async Task<EngineResult> UpdateAsync(EngineRuns runs, UpParts parts)
    {
        parts.HasTouched = true;
        var update = (await runs.RunAsync(EngineOperation.Update)).Result;
        parts.Changes = update.Changes;
        parts.Outputs = update.Outputs;
        if (update.Error is { } error)
        {
            parts.Errors.Add(error);
        }

        return update;
    }

    private static TimeSpan WaitFor(StackSession session) =>
        session.Settings!.Endpoints.Any(pair => pair.Endpoint.Compute == Environments.Settings.ComputeKind.Managed) ? ManagedWait : TimeSpan.Zero;
}
