using System.Collections.Concurrent;
using Deploy.Engine.Events;
using Deploy.Engine.Values;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>
/// Shows a run on standard error while it happens. On a terminal the steps in flight live in one line at the bottom; elsewhere a step that takes long
/// gets a line of its own now and then, so that a log shows life.
/// </summary>
internal sealed class RunView(CommandContext context, bool planning, bool allProperties) : IEngineEventSink
{
    private readonly IAnsiConsole _console = context.Error;
    private readonly TimeProvider _time = context.Streams.TimeProvider;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, InFlight> _inFlight = new(StringComparer.Ordinal);
    private readonly List<StepMetadata> _steps = [];
    private readonly Lock _lock = new();

    private sealed record InFlight(StepMetadata Step, long Began)
    {
        public TimeSpan NextReminder { get; set; } = Patience;
    }

    /// <summary>The steps that were planned or done, in order, without those that change nothing.</summary>
    public IReadOnlyList<StepMetadata> Steps
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>Runs the work with this view alive.</summary>
    public async Task<T> ShowAsync<T>(string title, Func<Task<T>> work)
    {
        if (!context.Streams.ErrorIsTerminal)
        {
            return await PlainAsync(work);
        }

        return await _console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(title), async status =>
        {
            var running = work();
            while (await Task.WhenAny(running, Task.Delay(Tick, _time, CancellationToken.None)) != running)
            {
                status.Status(Markup.Escape(StatusLine(title)));
            }

            return await running;
        });
    }

    public void Emit(EngineEvent engineEvent)
    {
        lock (_lock)
        {
            switch (engineEvent)
            {
                case ResourcePreEvent { Step: var step } when StepText.IsShown(step):
                    Begin(step);
                    break;
                case ResourceOutputsEvent { Step: var step } when StepText.IsShown(step):
                    End(step);
                    break;
                case ResourceOperationFailedEvent failed:
                    Fail(failed);
                    break;
                case DiagnosticEvent { Ephemeral: false, Severity: not DiagnosticSeverity.Debug } diagnostic:
                    Say(diagnostic);
                    break;
                case StandardOutputEvent output:
                    _console.MarkupLineInterpolated($"    [grey]{output.Line}[/]");
                    break;
            }
        }
    }

    private void Begin(StepMetadata step)
    {
        if (planning && step.Op != StepOp.Refresh)
        {
            _steps.Add(step);
            Write(step, step.Op.Text(), null);
            DiffView.Write(_console, step, allProperties);
            return;
        }

        _inFlight[Key(step)] = new InFlight(step, _time.GetTimestamp());
    }

    private void End(StepMetadata step)
    {
        if (step.Found is { } found)
        {
            EndRefresh(step, found);
            return;
        }

        // A component ends when its outputs arrive, and may have ended before.
        if (!planning && _inFlight.TryRemove(Key(step), out var begun))
        {
            _steps.Add(step);
            Write(step, StepText.Done(step.Op), _time.GetElapsedTime(begun.Began));
            if (allProperties)
            {
                DiffView.Write(_console, step, allProperties);
            }
        }
    }

    /// <summary>Only now is known what a refresh has found, and that is only worth a line when it is not what the state says.</summary>
    private void EndRefresh(StepMetadata step, StepOp found)
    {
        if (_inFlight.TryRemove(Key(step), out _) && found != StepOp.Same)
        {
            _steps.Add(step);
            _console.MarkupLineInterpolated($"  [{StepText.Color(found)}]{StepText.Mark(found),-2} {(found == StepOp.Delete ? "gone" : "differs"),-8}[/]  {step.Urn.Type}  [bold]{step.Urn.Name}[/]");
            DiffView.Write(_console, step, allProperties);
        }
    }

    private void Fail(ResourceOperationFailedEvent failed)
    {
        _inFlight.TryRemove(Key(failed.Step), out _);
        _console.MarkupLineInterpolated($"  [red]! {StepText.Doing(failed.Step.Op)} failed[/]  {failed.Step.Urn.Type}  [bold]{failed.Step.Urn.Name}[/]");
    }

    private void Say(DiagnosticEvent diagnostic)
    {
        var isWarning = diagnostic.Severity == DiagnosticSeverity.Warning;
        if (isWarning && context.Said.Any(said => diagnostic.Message.Contains(said, StringComparison.Ordinal)))
        {
            return;
        }

        if (isWarning)
        {
            context.Said.Add(diagnostic.Message);
        }

        var (color, word) = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => ("red", "error"),
            DiagnosticSeverity.Warning => ("yellow", "warning"),
            _ => ("grey", "note"),
        };
        var about = diagnostic.Urn is { IsStack: false } urn ? $"{urn.Name}: " : "";
        _console.MarkupLineInterpolated($"  [{color}]{word}[/] {about}{diagnostic.Message.TrimEnd()}");
    }

    private void Write(StepMetadata step, string word, TimeSpan? took)
    {
        var color = StepText.Color(step.Op);
        var duration = took is { } value ? $"  ({StepText.Duration(value)})" : "";
        _console.MarkupLineInterpolated($"  [{color}]{StepText.Mark(step.Op),-2} {word,-8}[/]  {step.Urn.Type}  [bold]{step.Urn.Name}[/][grey]{duration}[/]");
    }

    private async Task<T> PlainAsync<T>(Func<Task<T>> work)
    {
        var running = work();
        while (await Task.WhenAny(running, Task.Delay(Tick, _time, CancellationToken.None)) != running)
        {
            lock (_lock)
            {
                foreach (var item in _inFlight.Values.Where(item => _time.GetElapsedTime(item.Began) >= item.NextReminder))
                {
                    var elapsed = _time.GetElapsedTime(item.Began);
                    item.NextReminder = elapsed + Reminder;
                    _console.MarkupLineInterpolated($"     [grey]{StepText.Doing(item.Step.Op)}  {item.Step.Urn.Type}  {item.Step.Urn.Name}  ({elapsed.TotalSeconds:0}s)[/]");
                }
            }
        }

        return await running;
    }

    private string StatusLine(string title)
    {
        var items = _inFlight.Values.OrderBy(item => item.Began).ToArray();
        if (items.Length == 0)
        {
            return title;
        }

        var first = string.Join(", ", items.Take(3).Select(item => $"{StepText.Doing(item.Step.Op)} {item.Step.Urn.Name} ({_time.GetElapsedTime(item.Began).TotalSeconds:0}s)"));
        return items.Length > 3 ? $"{first} and {items.Length - 3} more" : first;
    }

    private static string Key(StepMetadata step) => $"{step.Op}|{step.Urn.Value}";
}
