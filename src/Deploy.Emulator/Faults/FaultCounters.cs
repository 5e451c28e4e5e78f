namespace Deploy.Emulator.Faults;

/// <summary>Decides for each rule which of its matching requests it hits: <c>after</c>, <c>times</c>, <c>probability</c>. Counts from the start of the host.</summary>
internal sealed class FaultCounters
{
    private readonly Dictionary<FaultRule, Counter> _counters = [];

    /// <summary>Counts a matching request; true when the rule hits it.</summary>
    public bool Takes(FaultRule rule)
    {
        if (!_counters.TryGetValue(rule, out var counter))
        {
            _counters[rule] = counter = new Counter(rule.Seed);
        }

        // The draw comes first, so that a seed chooses the same requests whatever else is counted.
        var isDrawn = rule.Probability is not { } share || counter.Draws.NextDouble() < share;
        if (!isDrawn || counter.Seen++ < (rule.After ?? 0) || counter.Hits >= (rule.Times ?? int.MaxValue))
        {
            return false;
        }

        counter.Hits++;
        return true;
    }

    public int Hits(FaultRule rule) => _counters.GetValueOrDefault(rule)?.Hits ?? 0;

    public void Keep(IReadOnlyCollection<FaultRule> rules)
    {
        foreach (var gone in _counters.Keys.Except(rules).ToList())
        {
            _counters.Remove(gone);
        }
    }

    private sealed class Counter(int? seed)
    {
        public Random Draws { get; } = seed is { } given ? new Random(given) : new Random();

        public int Seen { get; set; }

        public int Hits { get; set; }
    }
}
