using System.Text.RegularExpressions;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Conversion;

/// <summary>Fills path templates and reads ids back.</summary>
internal static partial class ResourcePath
{
    private static readonly string[] WholeIds = ["scope", "resourceUri"];

    /// <summary>The path of a resource; null when a parameter is unknown or missing.</summary>
    /// <param name="template">Path with placeholders.</param>
    /// <param name="values">Parameters by SDK name.</param>
    /// <param name="subscriptionId">Value of <c>{subscriptionId}</c> when the values have none.</param>
    public static string? Fill(string template, PropertyMap values, string subscriptionId)
    {
        var isComplete = true;
        var path = Placeholder().Replace(template, match =>
        {
            var name = match.Groups[1].Value;
            var value = values.Find(name)?.AsString() ?? (name == "subscriptionId" ? subscriptionId : null);
            isComplete &= value is not null;
            return WholeIds.Contains(name) ? value?.Trim('/') ?? string.Empty : value ?? string.Empty;
        });
        return isComplete ? path : null;
    }

    /// <summary>The path parameters of an id; null when the id does not fit the template.</summary>
    public static PropertyMap? Parse(string template, string id)
    {
        var pattern = Placeholder().Replace(Regex.Escape(template).Replace("\\{", "{", StringComparison.Ordinal), match =>
            WholeIds.Contains(match.Groups[1].Value) ? $"(?<{match.Groups[1].Value}>.+)" : $"(?<{match.Groups[1].Value}>[^/]+)");
        var match = Regex.Match(id, $"^{pattern}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return !match.Success
            ? null
            : PropertyMap.Create(match.Groups.Values.Where(g => g.Name is not ("0" or "subscriptionId"))
                .Select(g => KeyValuePair.Create(g.Name, (PropertyValue)(WholeIds.Contains(g.Name) ? "/" + g.Value : g.Value))));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
