using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.ControlPlane.LongRunning;

/// <summary>Operations succeed after the delay that the options give their type.</summary>
internal sealed class OptionsScript(LocalAzureOptions options) : IOperationScript
{
    public OperationOutcome For(OperationKind kind, string type, string key) => new() { Delay = DelayOf(options, type) };

    public static TimeSpan DelayOf(LocalAzureOptions options, string type) =>
        options.OperationDelays.Where(pair => pair.Key.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(pair => (TimeSpan?)pair.Value).FirstOrDefault() ?? options.OperationDelay;
}
