namespace Deploy.Verification.Reports.Comparison;

/// <summary>
/// Mann and Whitney's test whether one set of measurements tends to be greater than another. It asks for ranks only, so that one slow answer proves
/// nothing, and is exact for small numbers, ties included.
/// </summary>
internal static class RankTest
{
    // Beyond it the normal approximation is as good, and the exact count takes long.
    private const int MostForExact = 60;

    /// <summary>How likely measurements as great as <paramref name="now"/> would be if nothing had changed: 0 to 1.</summary>
    public static double Greater(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        var (ranks, sum, ties) = Rank(before, now);
        return ranks.Length <= MostForExact ? Exact(ranks, now.Count, sum) : Approximate(before.Count, now.Count, sum / 2.0, ties);
    }

    /// <summary>The least that so many measurements can come to: more of them are needed when it is not small enough.</summary>
    public static double Smallest(int before, int now)
    {
        // One in as many as there are ways to choose the greatest.
        var chance = 1.0;
        for (var at = 1; at <= now; at++)
        {
            chance *= at / (double)(before + at);
        }

        return chance;
    }

    // Ranks are doubled, so that those of ties, which lie between two, are whole.
    private static (int[] Ranks, int Sum, double Ties) Rank(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        var pooled = before.Select(value => (value, IsNow: false)).Concat(now.Select(value => (value, IsNow: true))).OrderBy(item => item.value).ToArray();
        var ranks = new int[pooled.Length];
        var (sum, ties) = (0, 0.0);
        for (var at = 0; at < pooled.Length;)
        {
            var end = at;
            while (end < pooled.Length && pooled[end].value.Equals(pooled[at].value))
            {
                end++;
            }

            for (var place = at; place < end; place++)
            {
                ranks[place] = at + 1 + end;
                sum += pooled[place].IsNow ? ranks[place] : 0;
            }

            double size = end - at;
            ties += (size * size * size) - size;
            at = end;
        }

        return (ranks, sum, ties);
    }

    /// <summary>The share of all ways to choose so many ranks whose sum is at least this one.</summary>
    private static double Exact(int[] ranks, int chosen, int sum)
    {
        var most = ranks.Sum();
        var ways = new double[chosen + 1, most + 1];
        ways[0, 0] = 1;
        for (var at = 0; at < ranks.Length; at++)
        {
            for (var taken = Math.Min(chosen, at + 1); taken > 0; taken--)
            {
                for (var total = most; total >= ranks[at]; total--)
                {
                    ways[taken, total] += ways[taken - 1, total - ranks[at]];
                }
            }
        }

        var (all, great) = (0.0, 0.0);
        for (var total = 0; total <= most; total++)
        {
            all += ways[chosen, total];
            great += total >= sum ? ways[chosen, total] : 0;
        }

        return great / all;
    }

    private static double Approximate(int before, int now, double sum, double ties)
    {
        double all = before + now;
        var mean = now * (all + 1) / 2;
        var variance = before * now / 12.0 * (all + 1 - (ties / (all * (all - 1))));
        return variance <= 0 ? 1 : UpperTail((sum - mean - 0.5) / Math.Sqrt(variance));
    }

    // Abramowitz and Stegun 26.2.17; its error is below 7.5e-8.
    private static double UpperTail(double z)
    {
        if (z < 0)
        {
            return 1 - UpperTail(-z);
        }

        var t = 1 / (1 + (0.2316419 * z));
        var series = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
