using Deploy.Core;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.Faults;

/// <summary>The rules in <c>faults.json</c>, read again whenever the file changed, and what they have hit.</summary>
internal sealed class FaultRules(StoreFolder folder)
{
    private const int KeptHits = 1000;

    private readonly Lock _gate = new();
    private readonly FaultCounters _counters = new();
    private readonly Queue<FaultHit> _hits = new();
    private (DateTime Written, long Length) _seen;
    private IReadOnlyList<FaultRule> _rules = [];

    /// <exception cref="DeployException">DEP6004.</exception>
    public IReadOnlyList<FaultRule> All()
    {
        lock (_gate)
        {
            var file = new FileInfo(folder.Faults);
            var seen = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (seen != _seen)
            {
                _rules = file.Exists ? Named(FaultFile.Read(folder.Faults, File.ReadAllText(folder.Faults))) : [];
                _counters.Keep(_rules);
                _seen = seen;
            }

            return _rules;
        }
    }

    /// <summary>The first rule that hits; each rule that is meant counts. Null when all is to go well.</summary>
    /// <param name="isOfKind">Which kinds are asked for.</param>
    /// <param name="isMeant">Whether the rule means this request or operation.</param>
    /// <param name="hit">What to note.</param>
    public FaultRule? Take(Func<string, bool> isOfKind, Func<FaultRule, bool> isMeant, FaultHit hit)
    {
        lock (_gate)
        {
            foreach (var rule in All())
            {
                if (isOfKind(rule.Kind) && isMeant(rule) && _counters.Takes(rule))
                {
                    _hits.Enqueue(hit with { Rule = rule.Id!, Kind = rule.Kind });
                    while (_hits.Count > KeptHits)
                    {
                        _hits.Dequeue();
                    }

                    return rule;
                }
            }

            return null;
        }
    }

    /// <summary>The last hits, oldest first.</summary>
    public IReadOnlyList<FaultHit> Hits()
    {
        lock (_gate)
        {
            return [.. _hits];
        }
    }

    public int HitsOf(FaultRule rule)
    {
        lock (_gate)
        {
            return _counters.Hits(rule);
        }
    }

    /// <summary>Adds a rule; one that is there already, apart from its id, is not added twice.</summary>
    /// <returns>The rule with its id.</returns>
    /// <exception cref="DeployException">DEP6004.</exception>
    public FaultRule Add(FaultRule rule)
    {
        FaultFile.Check(rule);
        lock (_gate)
        {
            var rules = All();
            if (rules.FirstOrDefault(other => other with { Id = rule.Id } == rule) is { } same)
            {
                return same;
            }

            if (rule.Id is { } id && rules.Any(other => other.Id == id))
            {
                throw new DeployException(EmulatorErrors.FaultsInvalid.With($"There is a rule with the id '{id}' already.", "Choose another id, or remove that rule."));
            }

            var all = Named([.. rules, rule]);
            Save(all);
            return all[^1];
        }
    }

    /// <summary>False when there is no rule of that id.</summary>
    public bool Remove(string id)
    {
        lock (_gate)
        {
            var rules = All();
            var left = rules.Where(rule => rule.Id != id).ToList();
            if (left.Count == rules.Count)
            {
                return false;
            }

            Save(left);
            return true;
        }
    }

    /// <summary>Removes every rule, also those of a file that cannot be read, and forgets the hits.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            File.Delete(folder.Faults);
            _seen = default;
            _rules = [];
            _hits.Clear();
            _counters.Keep([]);
        }
    }

    private void Save(IReadOnlyList<FaultRule> rules)
    {
        StoreFolder.WriteSecret(folder.Faults, FaultFile.Write(rules));
        _seen = default;
    }

    private static List<FaultRule> Named(IReadOnlyList<FaultRule> rules)
    {
        var taken = rules.Select(rule => rule.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. rules.Select(rule => rule.Id is not null ? rule : rule with { Id = Enumerable.Range(1, int.MaxValue - 1).Select(number => $"{rule.Kind}-{number}").First(taken.Add) })];
    }
}
