using System.Text.RegularExpressions;

namespace Deploy.Verification.Reports;

/// <summary>Shortens the GUIDs of subscriptions, tenants and principals to their first group: enough to tell two apart, not enough to name one.</summary>
public static partial class IdentifierMask
{
    /// <summary>Masks every GUID in a text. A text that is a GUID and nothing else is kept: that is how services write request ids, which support asks for.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Guid.TryParseExact(text, "D", out _) ? text : Identifier().Replace(text, "$1-****");
    }

    [GeneratedRegex(@"(?<![0-9a-fA-F])([0-9a-fA-F]{8})-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![0-9a-fA-F])")]
    private static partial Regex Identifier();
}
