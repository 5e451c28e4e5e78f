using Deploy.Engine.Providers;
using Deploy.Engine.Values;

namespace Deploy.Engine.Planning;

/// <summary>Compares inputs value by value, for resources whose provider leaves it to the engine.</summary>
internal static class ValueDiffer
{
    /// <summary>Compares two sets of inputs; keys of the engine's own (<c>__</c>) do not count.</summary>
    public static DiffResponse Compare(PropertyMap old, PropertyMap now)
    {
        var detailed = new SortedDictionary<string, PropertyDiff>(StringComparer.Ordinal);
        var diffs = new List<string>();
        foreach (var name in old.Keys.Union(now.Keys).Where(name => !name.StartsWith("__", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var before = detailed.Count;
            Collect(PropertyPath.Append("", name), old.Find(name), now.Find(name), detailed);
            if (detailed.Count > before)
            {
                diffs.Add(name);
            }
        }

        return new() { Changes = diffs.Count == 0 ? DiffChanges.None : DiffChanges.Some, Diffs = diffs, DetailedDiff = detailed };
    }

    private static void Collect(string path, PropertyValue? old, PropertyValue? now, SortedDictionary<string, PropertyDiff> found)
    {
        // Secretness itself is not a difference: the value behind it counts.
        (old, now) = (Plain(old), Plain(now));
        switch (old, now)
        {
            case (null, null):
                break;
            case (null, _):
                found.Add(path, new(DiffKind.Add));
                break;
            case (_, null):
                found.Add(path, new(DiffKind.Delete));
                break;
            case (PropertyMap before, PropertyMap after):
                foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
                {
                    Collect(PropertyPath.Append(path, name), before.Find(name), after.Find(name), found);
                }

                break;
            case (PropertyList before, PropertyList after):
                for (var index = 0; index < Math.Max(before.Count, after.Count); index++)
                {
                    Collect(PropertyPath.Append(path, index), index < before.Count ? before[index] : null, index < after.Count ? after[index] : null, found);
                }

                break;
            default:
                if (!old.Equals(now))
                {
                    found.Add(path, new(DiffKind.Update));
                }

                break;
        }
    }

    private static PropertyValue? Plain(PropertyValue? value) => value is null || value.Bare.IsNull ? null : value.Bare;
}
