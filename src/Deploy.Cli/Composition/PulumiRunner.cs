using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.Values;

namespace Deploy.Cli.Composition;

/// <summary>
/// The Pulumi CLI as the engine: state, providers and display are its own. A plan is its <c>--json</c> document, a change its ordinary output, and the
/// outputs are read afterwards. The counts of a change are those of the plan before it, because the CLI does not give others.
/// </summary>
internal sealed class PulumiRunner(CommandContext context, StackSession session, PulumiProcess pulumi) : IEngineRunner
{
    private ChangeSummary _planned = ChangeSummary.None;

    public async Task<EngineResult> RunAsync(EngineOperation operation, IEngineEventSink sink, RunScope scope, Task ready)
    {
        await ready;
        var began = context.Streams.TimeProvider.GetTimestamp();
        var isPlan = operation.IsPreview();
        var arguments = Arguments(operation, isPlan, scope);
        DeployError? error;
        try
        {
            error = isPlan ? await PlanAsync(arguments, sink) : await ChangeAsync(arguments, sink);
        }
        catch (OperationCanceledException)
        {
            error = CliErrors.Cancelled.With("The Pulumi CLI was ended.");
        }

        var outputs = !isPlan && error is null && operation != EngineOperation.Destroy ? await session.OutputsAsync(context.CancellationToken) : null;
        return new EngineResult
        {
            Result = error is null ? RunResult.Succeeded : error.ExitCode == ExitCode.Cancelled ? RunResult.Cancelled : RunResult.Failed,
            Error = error,
            Changes = _planned,
            Outputs = outputs ?? PropertyMap.Empty,
            Duration = context.Streams.TimeProvider.GetElapsedTime(began),
        };
    }

    private string[] Arguments(EngineOperation operation, bool isPlan, RunScope scope)
    {
        string[] verb = operation switch
        {
            EngineOperation.Preview => ["preview", "--json"],
            EngineOperation.Update => ["up", "--yes", "--skip-preview"],
            EngineOperation.PreviewDestroy => ["destroy", "--preview-only", "--json"],
            EngineOperation.Destroy => ["destroy", "--yes", "--skip-preview"],
            EngineOperation.PreviewRefresh => ["refresh", "--preview-only", "--json"],
            EngineOperation.Refresh => ["refresh", "--yes", "--skip-preview"],
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation of the Pulumi CLI"),
        };
        return
        [
            .. verb,
            "--parallel", context.Global.Parallel.ToString(CultureInfo.InvariantCulture),
            .. scope.Targets.SelectMany(urn => new[] { "--target", urn }),
            .. scope.Replaces.SelectMany(urn => new[] { "--replace", urn }),
            .. scope.RefreshFirst ? ["--refresh"] : Array.Empty<string>(),
        ];
    }

    private async Task<DeployError?> PlanAsync(string[] arguments, IEngineEventSink sink)
    {
        var text = await pulumi.ReadAsync(arguments, line => Print(sink, line, true), context.CancellationToken);
        if (text is null)
        {
            return context.CancellationToken.IsCancellationRequested ? CliErrors.Cancelled.With("The Pulumi CLI was interrupted.") : Failed(arguments, null);
        }

        JsonObject plan;
        try
        {
            plan = JsonNode.Parse(text)?.AsObject() ?? [];
        }
        catch (JsonException exception)
        {
            return CliErrors.PulumiFailed.With($"`pulumi {arguments[0]}` printed no JSON document.", detail: exception.Message);
        }

        int Count(params string[] ops) => ops.Sum(op => (int?)plan["changeSummary"]?[op] ?? 0);
        _planned = new ChangeSummary
        {
            Create = Count("create", "import"),
            Update = Count("update", "refresh"),
            Replace = Count("replace", "create-replacement") > 0 ? Math.Max(Count("replace"), Count("create-replacement")) : 0,
            Delete = Count("delete"),
            Same = Count("same"),
        };
        foreach (var step in plan["steps"]?.AsArray() ?? [])
        {
            Emit(sink, step);
        }

        return null;
    }

    private async Task<DeployError?> ChangeAsync(string[] arguments, IEngineEventSink sink)
    {
        var code = await pulumi.RunAsync(
            arguments, (line, isError) => Print(sink, line, isError), !context.Streams.ErrorIsTerminal, context.Interrupt.Graceful, context.Interrupt.Abort);
        return code == 0 ? null
            : context.CancellationToken.IsCancellationRequested ? CliErrors.Cancelled.With("The Pulumi CLI was interrupted.")
            : Failed(arguments, code);
    }

    private static DeployError Failed(string[] arguments, int? code) =>
        CliErrors.PulumiFailed.With($"`pulumi {arguments[0]}` failed{(code is null ? "" : string.Create(CultureInfo.InvariantCulture, $" with exit code {code}"))}; what it said is above.");

    private void Print(IEngineEventSink sink, string line, bool isError) =>
        sink.Emit(new StandardOutputEvent { Timestamp = context.Streams.TimeProvider.GetUtcNow(), Line = line, IsError = isError });

    private void Emit(IEngineEventSink sink, JsonNode? step)
    {
        var op = Enum.GetValues<StepOp>().Where(op => op.Text() == (string?)step?["op"]).Cast<StepOp?>().FirstOrDefault();
        if (op is { } known && Urn.TryParse((string?)step?["urn"]) is { } urn)
        {
            sink.Emit(new ResourcePreEvent
            {
                Timestamp = context.Streams.TimeProvider.GetUtcNow(),
                Step = new StepMetadata { Op = known, Urn = urn },
                Planning = true,
            });
        }
    }
}
