using System.CommandLine;
using System.Globalization;

namespace Deploy.Cli.Commands;

/// <summary>How long verification may take; null means the verb's own default.</summary>
internal sealed record VerifyTiming(TimeSpan? Timeout, TimeSpan? Wait);

/// <summary>The options about time that <c>verify</c> and <c>up</c> share.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string?> _timeout = new("--timeout") { Description = "Bounds all checks of one endpoint: 90s, 2m (default: 60s).", HelpName = "TIME" };
    private readonly Option<string?> _wait;

    public VerifyOptions(string? waitByDefault)
    {
        var words = waitByDefault ?? "10m with managed compute, else 0";
        _wait = new("--wait") { Description = $"Waits that long for an endpoint that is not ready yet (default: {words}).", HelpName = "TIME" };
        foreach (var option in (Option<string?>[])[_timeout, _wait])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null)
                {
                    result.AddError($"{option.Name} takes a time such as 90s or 2m, not '{text}'.");
                }
            });
        }
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_timeout);
        command.Options.Add(_wait);
    }

    public VerifyTiming Read(ParseResult parsed) => new(Parse(parsed.GetValue(_timeout)), Parse(parsed.GetValue(_wait)));

    /// <summary>Reads <c>90</c> (seconds), <c>500ms</c>, <c>90s</c>, <c>2m</c>, <c>1h</c>; null when it is none of them.</summary>
    internal static TimeSpan? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var unit = text.TrimStart("0123456789.".ToCharArray());
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "" or "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => null,
            }
            : null;
    }
}
