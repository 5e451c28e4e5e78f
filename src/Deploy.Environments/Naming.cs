using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Deploy.Core;

namespace Deploy.Environments;

/// <summary>Names that must be unique per region, made so that the same environment always gets the same ones.</summary>
public static partial class Naming
{
    /// <summary>Azure's bound for the name of an online endpoint, and what samples hold serverless endpoints to.</summary>
    public const int EndpointNameLength = 32;

    private const int SuffixLength = 8;

    /// <summary>The longest endpoint name that settings may give: a dash and the suffix must still fit.</summary>
    public const int EndpointNameLengthInSettings = EndpointNameLength - SuffixLength - 1;

    /// <summary>The longest project name that settings may give: Pulumi appends eight characters, Azure allows 33 for a workspace.</summary>
    public const int ProjectNameLengthInSettings = 24;

    /// <summary>The name in Azure of a serverless or online endpoint, such as <c>mini-3f9a1c07</c>: at most 32 characters, a letter first, no double dashes.</summary>
    /// <param name="subscriptionId">The subscription's GUID; compared without case.</param>
    /// <param name="stack">The environment.</param>
    /// <param name="project">The project's name in the settings.</param>
    /// <param name="endpoint">The endpoint's name in the settings.</param>
    public static string EndpointName(string subscriptionId, StackName stack, string project, string endpoint)
    {
        var identity = string.Join('\n', subscriptionId.ToLowerInvariant(), stack.Value, project, endpoint);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(identity));
        return $"{endpoint}-{Convert.ToHexStringLower(hash)[..SuffixLength]}";
    }

    /// <summary>Whether settings may use a name for an endpoint or project, apart from its length.</summary>
    public static bool IsWellFormed(string name) => Pattern().IsMatch(name);

    // A serverless endpoint's name becomes a host name, so only lower case; a letter first and single dashes are Azure's own rules.
    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
