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

    /// <exception cref="DeployException">The engine is not there, or the log cannot be written.</exception>
    public static async Task<EngineRuns> OpenAsync(CommandContext context, StackSession session, RunScope scope, DisplayArgs display) =>
        new(context, session, await EngineRunner.CreateAsync(context, session), scope, display);

    public async Task<EngineRun> RunAsync(EngineOperation operation)
    {
        var (title, doing) = operation switch
        {
            EngineOperation.Preview => ("Previewing update", "planning"),
            EngineOperation.PreviewDestroy => ("Previewing destroy", "planning"),
            EngineOperation.PreviewRefresh => ("Previewing refresh", "reading"),
            EngineOperation.Update => ("Updating", "updating"),
            EngineOperation.Destroy => ("Destroying", "destroying"),
            _ => ("Refreshing", "reading"),
        };
        _context.Error.MarkupLineInterpolated($"[bold]{title} ({_session.Name})[/]");
        var view = new RunView(_context, operation.IsPreview(), _display.AllProperties);
        IEngineEventSink sink = _log is null ? view : new Both(view, _log);
        var result = await view.ShowAsync(doing, () => _runner.RunAsync(operation, sink, _scope));
        if (operation is EngineOperation.Preview or EngineOperation.PreviewDestroy && result.Result == RunResult.Succeeded)
        {
            _context.Error.MarkupLineInterpolated($"  [grey]plan:[/] {ChangesText.Planned(result.Changes)}");
        }

        return new EngineRun(result, view.Steps);
    }

    public void Dispose() => _log?.Dispose();

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

    private sealed class Both(IEngineEventSink first, IEngineEventSink second) : IEngineEventSink
    {
        public void Emit(EngineEvent engineEvent)
        {
            first.Emit(engineEvent);
            second.Emit(engineEvent);
        }
    }
}
