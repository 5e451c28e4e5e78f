using System.Globalization;
using Deploy.Core;

namespace Deploy.Emulator;

/// <summary>How time passes inside the local Azure.</summary>
public sealed record ClockSetting
{
    private const double Fastest = 1_000_000;

    /// <summary>As outside.</summary>
    public static ClockSetting RealTime { get; } = new();

    /// <summary>As outside, and whatever is in progress has ended when the next request looks.</summary>
    public static ClockSetting Instant { get; } = new() { IsInstant = true };

    /// <summary>How far it is ahead. Default 0.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.Zero;

    /// <summary>Seconds inside for one outside, from 0 (stands still) to 1,000,000. Default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether the clock jumps to the end of operations in progress.</summary>
    public bool IsInstant { get; init; }

    /// <summary>Reads <c>realtime</c>, <c>instant</c>, or a factor such as <c>60x</c>.</summary>
    /// <exception cref="DeployException">DEP6007.</exception>
    public static ClockSetting Parse(string text) => text switch
    {
        "realtime" => RealTime,
        "instant" => Instant,
        _ when text.EndsWith('x') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed <= Fastest => new() { Speed = speed },
        _ => throw new DeployException(EmulatorErrors.ClockInvalid.With($"A clock is realtime, instant, or a factor from 0x to 1000000x such as 60x, not '{text}'.")),
    };

    public override string ToString() => IsInstant ? "instant" : Speed == 1 ? "realtime" : string.Create(CultureInfo.InvariantCulture, $"{Speed}x");
}
