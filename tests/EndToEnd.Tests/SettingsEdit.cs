namespace EndToEnd.Tests;

/// <summary>Edits of <c>stacks/Pulumi.local.yaml</c>.</summary>
internal static class SettingsEdit
{
    /// <summary>Adds endpoint <c>tiny</c>, turns off content safety of <c>mini</c>, removes <c>small</c>.</summary>
    public static string AddChangeRemove(string text)
    {
        var lines = text.Split('\n').ToList();
        var small = lines.FindIndex(line => line.Contains("name: small", StringComparison.Ordinal));
        lines[small] = lines[small].Replace("small", "tiny", StringComparison.Ordinal);
        var model = lines.FindIndex(line => line.Contains("Phi-3-small-8k-instruct", StringComparison.Ordinal));
        lines[model] = lines[model].Replace("Phi-3-small-8k-instruct", "Phi-4-mini-instruct", StringComparison.Ordinal);
        var safety = lines.FindIndex(line => line.Contains("contentSafety: enabled", StringComparison.Ordinal));
        lines[safety] = lines[safety].Replace("enabled", "disabled", StringComparison.Ordinal);
        return string.Join('\n', lines);
    }
}
