using System.Collections.Concurrent;
using System.Threading.Channels;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>Writes down what a run tells.</summary>
internal sealed class RecordedProgress : IVerificationProgress
{
    private readonly Channel<string> _finished = Channel.CreateUnbounded<string>();
    private int _started;

    public ConcurrentQueue<string> Checks { get; } = new();

    public ConcurrentQueue<string> Waits { get; } = new();

    public int Started => _started;

    public void EndpointStarted(EndpointTarget target) => Interlocked.Increment(ref _started);

    public void CheckStarted(EndpointTarget target, CheckId check)
    {
    }

    public void CheckFinished(EndpointTarget target, CheckReport check) => Checks.Enqueue(check.Id.Value);

    public void Waiting(EndpointTarget target, TimeSpan delay, string reason) => Waits.Enqueue(reason);

    public void EndpointFinished(EndpointTarget target, EndpointReport report) => _finished.Writer.TryWrite(report.Name);

    public async Task FinishedAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await _finished.Reader.ReadAsync();
        }
    }
}
