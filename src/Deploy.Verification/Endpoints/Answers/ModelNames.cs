namespace Deploy.Verification.Endpoints.Answers;

/// <summary>Compares names of models, which services spell as registry ID, path, display name, or with a version behind.</summary>
internal static class ModelNames
{
    // Families that no Phi model belongs to, as their names begin.
    private static readonly string[] Foreign =
        ["gpt", "llama", "mistral", "ministral", "mixtral", "codestral", "qwen", "gemma", "gemini", "deepseek", "claude", "cohere", "jamba", "grok", "falcon", "yi", "granite", "nemotron"];

    /// <summary>Whether a reported name means the expected model.</summary>
    public static bool AreSame(string reported, string expected) =>
        Squeeze(reported) == Squeeze(expected)
        || reported.Split('/', ':', '@').Any(part => Squeeze(part) == Squeeze(expected));

    /// <summary>Whether a reported name belongs to a family that the expected one does not.</summary>
    public static bool IsForeign(string reported, string expected) =>
        Words(reported).Any(word => Foreign.Any(family => word.TrimEnd("0123456789".ToCharArray()) == family))
        && !Words(reported).Any(word => word.StartsWith("phi", StringComparison.Ordinal) && Words(expected).Any(other => other.StartsWith("phi", StringComparison.Ordinal)));

    private static string Squeeze(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static string[] Words(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
