using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Faults;

namespace Deploy.Emulator.Hosting.ManagementApi;

/// <summary><c>/.local/clock</c>: <c>{"advance":"15d","speed":"60x"}</c>. Kept in the store, so that a restart goes on.</summary>
internal sealed class ClockRoutes(EmulatorClock clock, StoreFolder folder)
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(3650);

    public JsonObject Show()
    {
        var setting = clock.Setting;
        return new JsonObject { ["now"] = Cloud.Iso(clock.GetUtcNow()), ["speed"] = setting.ToString(), ["aheadSeconds"] = Math.Round(setting.Offset.TotalSeconds, 3) };
    }

    /// <exception cref="DeployException">DEP6007.</exception>
    public JsonObject Change(JsonObject wanted)
    {
        if (wanted.FirstOrDefault(pair => pair.Key is not ("advance" or "speed")).Key is { } unknown)
        {
            throw new DeployException(EmulatorErrors.ClockInvalid.With($"There is no '{unknown}'; a clock takes 'advance' and 'speed'."));
        }

        var by = Text(wanted, "advance") is { } advance ? Span(advance) : TimeSpan.Zero;
        var setting = Text(wanted, "speed") is { } speed ? ClockSetting.Parse(speed) : null;
        clock.Advance(by);
        if (setting is not null)
        {
            clock.SetSpeed(setting.Speed, setting.IsInstant);
        }

        Save();
        return Show();
    }

    public void Reset()
    {
        File.Delete(folder.Clock);
        clock.Restart();
    }

    public void Save()
    {
        if (clock.Setting is { IsInstant: false, Speed: 1 } setting && setting.Offset.Duration() < TimeSpan.FromMilliseconds(1))
        {
            File.Delete(folder.Clock);
        }
        else
        {
            StoreFolder.WriteJson(folder.Clock, clock.Setting);
        }
    }

    private static TimeSpan Span(string text) => DurationConverter.TryParse(text) is { } span && span <= Farthest ? span
        : throw new DeployException(EmulatorErrors.ClockInvalid.With($"'advance' is a span of time such as 90s, 15m, 2h or 14d, at most {Farthest.TotalDays:0}d, not '{text}'."));

    private static string? Text(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new DeployException(EmulatorErrors.ClockInvalid.With($"'{name}' must be a string.")),
    };
}
