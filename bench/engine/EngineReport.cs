using System.Globalization;

namespace Bench.Engine;

/// <summary>The comparison as a table, and what became of the targets.</summary>
internal static class EngineReport
{
    public static string Render(IReadOnlyList<CaseResult> results)
    {
        List<string> lines =
        [
            "| SDK | Resources | Rounds | Engine, s | Empty monitor, s | Ratio | Cost per resource, ms | Engine CPU, s | Empty CPU, s | Engine CPU per resource, ms | Engine memory, MB |",
            "|---|---|---|---|---|---|---|---|---|---|---|",
            .. results.Select(Row),
            "",
            Verdict.Header,
        ];
        var found = results.ToDictionary(result => result.Case);
        lines.AddRange(Targets(found).Select(verdict => verdict.Row));
        return string.Join('\n', lines);
    }

    public static string Row(CaseResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {result.Case.Language} | {result.Case.Count} | {result.Rounds} | {result.EngineSeconds:F3} | {result.EmptySeconds:F3} | {result.Ratio:F2} | {result.CostMilliseconds:F3} | {result.CpuSeconds:F2} | {result.EmptyCpuSeconds:F2} | {result.CpuMilliseconds:F3} | {result.PeakMegabytes:F0} |");

    private static IEnumerable<Verdict> Targets(Dictionary<Case, CaseResult> found)
    {
        var (thousand, most, slim) = (found.GetValueOrDefault(new("npm", 1000)), found.GetValueOrDefault(new("npm", 10000)), found.GetValueOrDefault(new("slim", 1000)));
        if (thousand is not null)
        {
            yield return Verdict.AtMost("npm, 1,000: end to end over empty monitor", thousand.Ratio, 1.15);
            yield return Verdict.AtMost("npm, 1,000: engine CPU per resource, start included, ms", thousand.CpuMilliseconds, 1);
        }

        if (most is not null)
        {
            yield return Verdict.AtMost("npm, 10,000: engine CPU per resource, start included, ms", most.CpuMilliseconds, 1);
            yield return Verdict.AtMost("npm, 10,000: the same, over the empty monitor's", most.CpuMilliseconds - (most.EmptyCpuSeconds * 1000 / most.Case.Count), 1);
            yield return Verdict.AtMost("npm, 10,000: engine memory, MB", most.PeakMegabytes, 300);
        }

        foreach (var language in new[] { "npm", "slim" })
        {
            if (found.TryGetValue(new(language, 1000), out var few) && found.TryGetValue(new(language, 10000), out var many))
            {
                // A difference that the noise of the machine swallows says nothing about how it grows.
                var what = $"{language}: cost per resource at 10,000 over that at 1,000";
                yield return few.CostMilliseconds > 0 && many.CostMilliseconds > 0 ? Verdict.AtMost(what, many.CostMilliseconds / few.CostMilliseconds, 1.2) : Verdict.Unclear(what, "at most 1.2");
            }
        }

        if (thousand is not null && slim is not null)
        {
            yield return Verdict.AtLeast("1,000: npm SDK over slim SDK, end to end on the engine", thousand.EngineSeconds / slim.EngineSeconds, 5);
        }
    }
}

/// <summary>A target and what was measured; null where the measurement cannot tell.</summary>
internal sealed record Verdict(string What, string Target, double? Measured, bool IsMet)
{
    public const string Header = "| Target | Wanted | Measured | |\n|---|---|---|---|";

    public string Row => string.Create(CultureInfo.InvariantCulture, $"| {What} | {Target} | {Measured:F2} | {(Measured is null ? "lost in noise" : IsMet ? "met" : "missed")} |");

    public static Verdict AtMost(string what, double measured, double limit) => new(what, string.Create(CultureInfo.InvariantCulture, $"at most {limit}"), measured, measured <= limit);

    public static Verdict AtLeast(string what, double measured, double limit) => new(what, string.Create(CultureInfo.InvariantCulture, $"at least {limit}"), measured, measured >= limit);

    public static Verdict Unclear(string what, string target) => new(what, target, null, IsMet: false);
}
