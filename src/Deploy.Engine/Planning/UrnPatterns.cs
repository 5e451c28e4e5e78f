using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Deploy.Engine.Planning;

/// <summary>URNs as a user names them: <c>*</c> stands for any text without a colon, <c>**</c> for any text. Remembers which patterns have met a resource.</summary>
internal sealed class UrnPatterns(IReadOnlyList<string> texts)
{
    private readonly IReadOnlyList<(string Text, Regex Regex)> _patterns = [.. texts.Select(text => (text, new Regex(ToRegex(text), RegexOptions.CultureInvariant)))];
    private readonly ConcurrentDictionary<string, bool> _met = new(StringComparer.Ordinal);

    public bool IsEmpty => _patterns.Count == 0;

    /// <summary>Patterns that no resource has matched so far.</summary>
    public IReadOnlyList<string> Unmet => [.. _patterns.Select(pattern => pattern.Text).Where(text => !_met.ContainsKey(text))];

    public bool Matches(Urn urn)
    {
        var matches = false;
        foreach (var (text, _) in _patterns.Where(pattern => pattern.Regex.IsMatch(urn.Value)))
        {
            _met[text] = matches = true;
        }

        return matches;
    }

    /// <summary>Whether a resource takes part: it is named, or nothing is.</summary>
    public bool Includes(Urn urn) => IsEmpty || Matches(urn);

    private static string ToRegex(string text) =>
        $"^{Regex.Escape(text).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^:]*", StringComparison.Ordinal)}$";
}
