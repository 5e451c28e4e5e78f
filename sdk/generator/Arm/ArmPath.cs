using System.Text.RegularExpressions;

namespace Generator.Arm;

/// <summary>Reads path templates.</summary>
internal static partial class ArmPath
{
    private static readonly string[] UuidNames = ["roleAssignmentName", "roleDefinitionId"];
    private static readonly string[] RandomNames = ["endpointName", "customDomainName"];

    /// <summary>Names of the placeholders in order.</summary>
    public static List<string> Parameters(string path) => [.. Placeholder().Matches(path).Select(m => m.Groups[1].Value)];

    /// <summary><c>Microsoft.X/a/b</c> of the last provider segment.</summary>
    public static string Type(string path)
    {
        var segments = path[(path.LastIndexOf("/providers/", StringComparison.Ordinal) + "/providers/".Length)..].Split('/');
        return string.Join('/', segments.Where((s, i) => i == 0 || i % 2 == 1));
    }

    /// <summary>How the official provider makes a name up: by the last placeholder, null when the template does not end with one.</summary>
    public static AutonameMetadata? Autoname(string path)
    {
        var match = LastPlaceholder().Match(path);
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups[1].Value;
        if (UuidNames.Contains(name))
        {
            return new AutonameMetadata(name, "uuid");
        }

        var provider = path.LastIndexOf("/providers/", StringComparison.Ordinal);
        var isTopLevel = provider < 0 || Placeholder().Count(path[provider..]) == 1;
        return new AutonameMetadata(name, isTopLevel || RandomNames.Contains(name) ? "random" : "copy");
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{(\w+)\}$")]
    private static partial Regex LastPlaceholder();
}
