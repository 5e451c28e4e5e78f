namespace Deploy.Emulator.Protocol;

/// <summary>Turns the raw target of a request into decoded segments, and refuses everything that tries to be clever.</summary>
internal static class RequestPath
{
    private const int LongestPath = 4096;

    /// <summary>The segments; null when the path is not one that a client of Azure would send.</summary>
    public static IReadOnlyList<string>? TryParse(string rawTarget)
    {
        var query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var raw = query < 0 ? rawTarget : rawTarget[..query];
        if (raw.Length > LongestPath || !raw.StartsWith('/'))
        {
            return null;
        }

        // Clients of extension resources send the slashes of the scope encoded; Azure takes both.
        var path = Uri.UnescapeDataString(raw);
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.Contains('%') || path.Contains('\\') || path.Contains('\uFFFD') || path.Any(char.IsControl) || segments.Any(segment => segment is "." or "..") ? null : segments;
    }
}
