using Deploy.Cli.Reports;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Cli.Commands;

/// <summary>What verification is to do, with every file that the command line names read: made before anything is called.</summary>
internal sealed record VerifyPlan(VerificationOptions Options)
{
    private static readonly TimeSpan TimeForEach = TimeSpan.FromSeconds(2);

    // An answer to a sum, its question and the template of a model that thinks aloud.
    private const int TokensForEach = 400;

    // A question for the content filter is a few lines; a file that is longer was named by mistake.
    private const int LongestProbe = 16_384;

    public EarlierRun? Baseline => Options.Baseline;

    /// <exception cref="DeployException">A file cannot be read.</exception>
    public static VerifyPlan Make(CommandContext context, VerifyArgs args)
    {
        var defaults = new VerificationOptions();
        var folder = context.Streams.WorkingDirectory;
        var more = args.Repeat > 1 ? args.Repeat : 0;
        return new(defaults with
        {
            Timeout = args.Timeout ?? defaults.Timeout + (TimeForEach * more),
            Wait = args.Wait ?? defaults.Wait,
            // The limits of an endpoint guard against one that never gets enough; repetitions are asked for.
            MostRequests = defaults.MostRequests + more,
            MostTokens = defaults.MostTokens + (more * TokensForEach),
            RunRequests = args.MostRequests,
            RunTokens = args.MostTokens,
            RunTime = args.MostTime,
            Repeat = args.Repeat,
            Baseline = args.Baseline is { } file ? EarlierRuns.ReadBaseline(file, folder) : null,
            SafetyProbe = args.SafetyProbe is { } probe ? ReadProbe(probe, folder) : null,
        });
    }

    /// <summary>The same with the limits of an environment.</summary>
    public VerifyPlan With(VerifySettings? settings)
    {
        var most = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (measure, limit) in new[]
        {
            (LatencyMeasures.Connect, settings?.ConnectMs), (LatencyMeasures.FirstToken, settings?.FirstTokenMs),
            (LatencyMeasures.BetweenTokens, settings?.BetweenTokensMs), (LatencyMeasures.Total, settings?.TotalMs),
        })
        {
            if (limit is { } milliseconds)
            {
                most[measure] = TimeSpan.FromMilliseconds(milliseconds);
            }
        }

        return most.Count == 0 ? this : this with { Options = Options with { LatencyLimits = new() { Most = most, Fails = settings!.TooSlow == TooSlow.Fail } } };
    }

    public VerifyPlan WithWait(TimeSpan wait) => this with { Options = Options with { Wait = wait } };

    private static string ReadProbe(string probe, string folder)
    {
        try
        {
            var path = Path.GetFullPath(probe, folder);
            var text = File.Exists(path) ? File.ReadAllText(path) : probe;
            return text.Trim() is { Length: > 0 and <= LongestProbe } trimmed
                ? trimmed
                : throw new DeployException(CliErrors.ProbeUnreadable.With($"--safety-probe: the text has {text.Length} characters; 1 to {LongestProbe} are sent."));
        }
        catch (ArgumentException)
        {
            // No path at all, such as a text with a null character: then it is the text.
            return probe;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(CliErrors.ProbeUnreadable.With($"--safety-probe: {exception.Message}"), exception);
        }
    }
}
