namespace Bench.Engine;

/// <summary>One program at one size.</summary>
internal sealed record Case(string Language, int Count);

/// <summary>One run of one process.</summary>
internal sealed record Sample(double Seconds, double CpuSeconds, long PeakBytes);

/// <summary>A run on the engine and the run on the empty monitor that followed it.</summary>
internal sealed record Pair(Sample Engine, Sample Empty);

/// <summary>Medians over the pairs of one case.</summary>
internal sealed record CaseResult
{
    public required Case Case { get; init; }

    public required int Rounds { get; init; }

    public required double EngineSeconds { get; init; }

    public required double EmptySeconds { get; init; }

    /// <summary>Median of the differences within pairs: a slow minute of the machine hits both of a pair.</summary>
    public required double DifferenceSeconds { get; init; }

    public required double CpuSeconds { get; init; }

    public required double EmptyCpuSeconds { get; init; }

    public required double PeakMegabytes { get; init; }

    public double Ratio => EngineSeconds / EmptySeconds;

    public double CostMilliseconds => DifferenceSeconds * 1000 / Case.Count;

    public double CpuMilliseconds => CpuSeconds * 1000 / Case.Count;

    public static CaseResult Of(Case item, IReadOnlyList<Pair> pairs) => new()
    {
        Case = item,
        Rounds = pairs.Count,
        EngineSeconds = Median(pairs.Select(pair => pair.Engine.Seconds)),
        EmptySeconds = Median(pairs.Select(pair => pair.Empty.Seconds)),
        DifferenceSeconds = Median(pairs.Select(pair => pair.Engine.Seconds - pair.Empty.Seconds)),
        CpuSeconds = Median(pairs.Select(pair => pair.Engine.CpuSeconds)),
        EmptyCpuSeconds = Median(pairs.Select(pair => pair.Empty.CpuSeconds)),
        PeakMegabytes = Median(pairs.Select(pair => pair.Engine.PeakBytes / 1e6)),
    };

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
