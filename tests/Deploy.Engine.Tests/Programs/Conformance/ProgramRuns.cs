namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>Runs programs side by side, as many as there are processors, while each test waits for its own: one class's tests would run one after another.</summary>
internal sealed class ProgramRuns(IEnumerable<string> names, Func<string, Task> run) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private readonly Lock _gate = new();
    private Dictionary<string, Task>? _runs;

    /// <summary>The run of that program; the first call starts all.</summary>
    public Task Of(string name)
    {
        lock (_gate)
        {
            _runs ??= names.ToDictionary(program => program, program => Task.Run(() => RunAsync(program)), StringComparer.Ordinal);
            return _runs[name];
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task RunAsync(string name)
    {
        await _places.WaitAsync();
        try
        {
            await run(name);
        }
        finally
        {
            _places.Release();
        }
    }
}
