using System.Text.RegularExpressions;

namespace Deploy.Emulator.Faults;

/// <summary>Whether a rule means a request or an operation.</summary>
internal static class FaultMatch
{
    private static readonly string[] ChatRoutes = ["/chat/completions", "/completions", "/score"];

    public static bool IsMeant(FaultRule rule, string method, IReadOnlyList<string> segments)
    {
        var path = "/" + string.Join('/', segments);
        var endpoint = segments is ["serverless" or "online", _, { } name, ..] ? name : null;
        return (rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (rule.Endpoint is null || (endpoint is not null && IsEndpoint(rule.Endpoint, endpoint)))
            && (rule.Path is null ? !FaultKinds.IsOfChat(rule.Kind) || (endpoint is not null && IsChat(path)) : IsGlob(rule.Path, path));
    }

    public static bool IsMeant(FaultRule rule, string resourceType, string name) =>
        (rule.ResourceType is null || rule.ResourceType.Equals(resourceType, StringComparison.OrdinalIgnoreCase)) && (rule.Resource is null || IsGlob(rule.Resource, name));

    /// <summary><c>*</c> within a segment, <c>**</c> across segments, <c>?</c> for one character.</summary>
    public static bool IsGlob(string pattern, string text)
    {
        var expression = Regex.Escape(pattern).Replace("\\*\\*", ".*", StringComparison.Ordinal).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal);
        return Regex.IsMatch(text, $"\\A{expression}\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    private static bool IsChat(string path) => ChatRoutes.Any(route => path.EndsWith(route, StringComparison.OrdinalIgnoreCase));

    private static bool IsEndpoint(string pattern, string endpoint) =>
        pattern == "*"
        || endpoint.Equals(pattern, StringComparison.OrdinalIgnoreCase)
        || endpoint.StartsWith(pattern + "-", StringComparison.OrdinalIgnoreCase);
}
