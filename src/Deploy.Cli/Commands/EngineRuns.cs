using Deploy.Cli.Composition;
using Deploy.Cli.Options;
using Deploy.Cli.Rendering;
using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Events;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary>A run of the engine, and the steps it planned or did.</summary>
internal sealed record EngineRun(EngineResult Result, IReadOnlyList<StepMetadata> Steps)
{
    /// <exception cref="DeployException">The plan holds a change.</exception>
    public void RefuseChanges()
    {
        if (Result.Changes.HasChanges)
        {
            throw new DeployException(CliErrors.UnexpectedChanges.With($"No changes were expected, but the plan holds some: {ChangesText.Planned(Result.Changes)}. Nothing was touched."));
        }
    }
}

/// <summary>The runs of the engine that one command makes: shown while they happen, and logged to one file when asked.</summary>
internal sealed class EngineRuns : IDisposable
{
    private readonly CommandContext _context;
    private readonly StackSession _session;
    private readonly IEngineRunner _runner;
    private readonly RunScope _scope;
    private readonly DisplayArgs _display;
    private readonly EventLog? _log;

    private EngineRuns(CommandContext context, StackSession session, IEngineRunner runner, RunScope scope, DisplayArgs display)
    {
        (_context, _session, _runner, _scope, _display) = (context, session, runner, scope, display);
        _log = display.EventLog is { } path ? OpenLog(path) : null;
    }

    /// <summary>For runs that wait for Azure themselves, see <c>ready</c> of <see cref="RunAsync"/>.</summary>
    /// <exception cref="DeployException">The engine is not there, or the log cannot be written.</exception>
    public static EngineRuns Open(CommandContext context, StackSession session, RunScope scope, DisplayArgs display) =>
        new(context, session, EngineRunner.Create(context, session), scope, display);

    /// <exception cref="DeployException">The engine is not there, the log cannot be written, or nobody is signed in.</exception>
    public static async Task<EngineRuns> OpenAsync(CommandContext context, StackSession session, RunScope scope, DisplayArgs display)
    {
        await session.AzureAsync(context.CancellationToken);
        return Open(context, session, scope, display);
    }

    /// <summary>Runs the engine and shows it.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="ready">What must have succeeded before; its failure is thrown when the run has ended. The program starts meanwhile, and nothing is shown of it.</param>
    public async Task<EngineRun> RunAsync(EngineOperation operation, Task? ready = null)
    {
        var view = new RunView(_context, operation.IsPreview(), _display.AllProperties);
        var sink = new HeldSink(_log is null ? view : new Both(view, _log));
        ready ??= Task.CompletedTask;
        var running = _runner.RunAsync(operation, sink, _scope, ready);
        try
        {
            await ready;
        }
        catch
        {
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        var title = Title(operation);
        _context.Error.MarkupLineInterpolated($"[bold]{title.Line} ({_session.Name})[/]");
        sink.Release();
        var result = await view.ShowAsync(title.Doing, () => running);
        if (operation is EngineOperation.Preview or EngineOperation.PreviewDestroy && result.Result == RunResult.Succeeded)
        {
            _context.Error.MarkupLineInterpolated($"  [grey]plan:[/] {ChangesText.Planned(result.Changes)}");
        }

        return new EngineRun(result, view.Steps);
    }

    public void Dispose() => _log?.Dispose();

    private static (string Line, string Doing) Title(EngineOperation operation) => operation switch
    {
        EngineOperation.Preview => ("Previewing update", "planning"),
        EngineOperation.PreviewDestroy => ("Previewing destroy", "planning"),
        EngineOperation.PreviewRefresh => ("Previewing refresh", "reading"),
        EngineOperation.Update => ("Updating", "updating"),
        EngineOperation.Destroy => ("Destroying", "destroying"),
        _ => ("Refreshing", "reading"),
    };

    private static EventLog OpenLog(string path)
    {
        try
        {
            return new EventLog(File.Create(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(CliErrors.EventLogUnwritable.With(exception.Message), exception);
        }
    }

    /// <summary>Keeps what it hears to itself until it is released.</summary>
    private sealed class HeldSink(IEngineEventSink sink) : IEngineEventSink
    {
        private readonly Lock _lock = new();
        private List<EngineEvent>? _held = [];

        public void Emit(EngineEvent engineEvent)
        {
            lock (_lock)
            {
                if (_held is null)
                {
                    sink.Emit(engineEvent);
                }
                else
                {
                    _held.Add(engineEvent);
                }
            }
        }

        public void Release()
        {
            lock (_lock)
            {
                _held!.ForEach(sink.Emit);
                _held = null;
            }
        }
    }

    private sealed class Both(IEngineEventSink first, IEngineEventSink second) : IEngineEventSink
    {
        public void Emit(EngineEvent engineEvent)
        {
            first.Emit(engineEvent);
            second.Emit(engineEvent);
        }
    }
}
