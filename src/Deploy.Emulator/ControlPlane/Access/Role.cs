using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deploy.Emulator.ControlPlane.Access;

/// <summary>A role definition, built in or custom.</summary>
internal sealed record Role
{
    /// <summary>The guid.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<RolePermission> Permissions { get; init; }

    public bool Allows(string action) => Permissions.Any(permission => permission.Allows(action));

    public bool AllowsData(string action) => Permissions.Any(permission => permission.AllowsData(action));
}

/// <summary>What a role allows; a not-action takes from this permission only, as on Azure.</summary>
internal sealed record RolePermission
{
    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<string> NotActions { get; init; } = [];

    public IReadOnlyList<string> DataActions { get; init; } = [];

    public IReadOnlyList<string> NotDataActions { get; init; } = [];

    public bool Allows(string action) => Actions.Any(pattern => Matches(pattern, action)) && !NotActions.Any(pattern => Matches(pattern, action));

    public bool AllowsData(string action) => DataActions.Any(pattern => Matches(pattern, action)) && !NotDataActions.Any(pattern => Matches(pattern, action));

    public JsonObject Show() => new()
    {
        ["actions"] = List(Actions),
        ["notActions"] = List(NotActions),
        ["dataActions"] = List(DataActions),
        ["notDataActions"] = List(NotDataActions),
    };

    private static JsonArray List(IEnumerable<string> patterns) => new([.. patterns.Select(pattern => JsonValue.Create(pattern))]);

    private static bool Matches(string pattern, string action) => pattern == "*" || Regex.IsMatch(
        action, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
