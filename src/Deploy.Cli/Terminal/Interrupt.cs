using System.Runtime.InteropServices;

namespace Deploy.Cli.Terminal;

/// <summary>Ctrl-C and SIGTERM: the first asks to finish what is in flight, the second to stop now.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _graceful = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Graceful => _graceful.Token;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>Called once, at the first signal.</summary>
    public Action? OnFirst { get; set; }

    public static Interrupt ListenToSignals()
    {
        var interrupt = new Interrupt();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            interrupt._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interrupt.Raise();
            }));
        }

        return interrupt;
    }

    public void Raise()
    {
        if (_graceful.IsCancellationRequested)
        {
            _abort.Cancel();
            return;
        }

        OnFirst?.Invoke();
        _graceful.Cancel();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _graceful.Dispose();
        _abort.Dispose();
    }
}
