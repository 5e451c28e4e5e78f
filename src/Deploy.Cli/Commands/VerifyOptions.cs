using System.CommandLine;
using System.Globalization;
using Deploy.Cli.Options;

namespace Deploy.Cli.Commands;

/// <summary>How endpoints are verified; null means the verb's own default, or nothing of the kind.</summary>
internal sealed record VerifyArgs
{
    public TimeSpan? Timeout { get; init; }

    public TimeSpan? Wait { get; init; }

    /// <summary>Measurements for each endpoint, from 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The file with the report of an earlier run.</summary>
    public string? Baseline { get; init; }

    /// <summary>A file, or the text itself.</summary>
    public string? SafetyProbe { get; init; }

    public int? MostRequests { get; init; }

    public int? MostTokens { get; init; }

    public TimeSpan? MostTime { get; init; }
}

/// <summary>The options about verification that <c>verify</c> and <c>up</c> share.</summary>
internal sealed class VerifyOptions
{
    private const int MostRepetitions = 1_000;

    private readonly Option<string?> _timeout = new("--timeout") { Description = "Bounds all checks of one endpoint: 90s, 2m (default: 60s, and 2s more for each of --repeat).", HelpName = "TIME" };
    private readonly Option<string?> _wait;
    private readonly Option<int?> _repeat = WholeNumber.Option("--repeat", "Measure the latency of each endpoint N times, and tell percentiles (default: once).", MostRepetitions);
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Compare with an earlier run: a report of `--report json=FILE`.", HelpName = "FILE" };
    private readonly Option<string?> _safetyProbe = new("--safety-probe") { Description = "A text that content safety must filter, or a file with it; never shown in a report.", HelpName = "FILE|TEXT" };
    private readonly Option<int?> _requests = WholeNumber.Option("--max-requests", "Requests that the whole run may send.");
    private readonly Option<int?> _tokens = WholeNumber.Option("--max-tokens", "Tokens that the whole run may take.");
    private readonly Option<string?> _time = new("--budget-time") { Description = "Time that the whole run may take, waiting included.", HelpName = "TIME" };

    public VerifyOptions(string? waitByDefault)
    {
        var words = waitByDefault ?? "10m with managed compute, else 0";
        _wait = new("--wait") { Description = $"Waits that long for an endpoint that is not ready yet (default: {words}).", HelpName = "TIME" };
        foreach (var option in (Option<string?>[])[_timeout, _wait, _time])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string?>() is { } text && (Parse(text) is not { } time || (option != _wait && time <= TimeSpan.Zero)))
                {
                    result.AddError($"{option.Name} takes a time such as 90s or 2m, not '{text}'.");
                }
            });
        }
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_timeout, _wait, _repeat, _baseline, _safetyProbe, _requests, _tokens, _time])
        {
            command.Options.Add(option);
        }
    }

    public VerifyArgs Read(ParseResult parsed) => new()
    {
        Timeout = Parse(parsed.GetValue(_timeout)),
        Wait = Parse(parsed.GetValue(_wait)),
        Repeat = parsed.GetValue(_repeat) ?? 1,
        Baseline = parsed.GetValue(_baseline),
        SafetyProbe = parsed.GetValue(_safetyProbe),
        MostRequests = parsed.GetValue(_requests),
        MostTokens = parsed.GetValue(_tokens),
        MostTime = Parse(parsed.GetValue(_time)),
    };

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
