namespace Deploy.Verification.Reports.Latency;

/// <summary>Percentiles by nearest rank: each is a time that was measured, none is made up between two.</summary>
public sealed record Percentiles(TimeSpan P50, TimeSpan P90, TimeSpan P99)
{
    /// <summary>Null for nothing measured. With fewer than 100 measurements <see cref="P99"/> is the slowest, with fewer than 10 <see cref="P90"/> as well.</summary>
    public static Percentiles? Of(IReadOnlyCollection<TimeSpan> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0)
        {
            return null;
        }

        var ordered = times.Order().ToArray();
        TimeSpan At(int percent) => ordered[((ordered.Length * percent) + 99) / 100 - 1];
        return new(At(50), At(90), At(99));
    }
}
