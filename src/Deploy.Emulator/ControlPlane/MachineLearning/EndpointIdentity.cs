using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>What the identity of an online endpoint may do. Everything, unless <see cref="LocalAzureOptions.EnforceRoles"/>.</summary>
internal sealed class EndpointIdentity(Cloud cloud, StoredResource endpoint, StoredResource workspace)
{
    private const string SecretStores = "enforce_access_to_default_secret_stores";

    private readonly AccessControl _access = new(cloud);

    public bool IsSystemAssigned => ((string?)endpoint.Body["identity"]?["type"])?.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the service itself lets a system-assigned identity read connections and the workspace's vault: a property of the endpoint asks for it.</summary>
    public bool MayReadDefaultSecretStores => IsSystemAssigned && endpoint.Properties["properties"] is JsonObject more
        && more[SecretStores] is JsonValue value && string.Equals(value.ToString(), "enabled", StringComparison.OrdinalIgnoreCase);

    public bool Can(string action, string scope) => !cloud.Options.EnforceRoles
        || Principals().Any(principal => _access.Allows(new Caller("", principal), action, scope))
        || (IsSystemAssigned && IsOfWorkspace(scope));

    public bool CanWithData(string action, string scope) => !cloud.Options.EnforceRoles
        || Principals().Any(principal => _access.AllowsData(new Caller("", principal), action, scope));

    // What belongs to the workspace is open to a system-assigned identity without an assignment of the user's.
    private bool IsOfWorkspace(string scope) => scope.Equals((string?)workspace.Properties["containerRegistry"], StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> Principals()
    {
        var identity = endpoint.Body["identity"];
        return (identity?["userAssignedIdentities"] as JsonObject ?? []).Select(pair => (string?)pair.Value?["principalId"]).Prepend((string?)identity?["principalId"]).OfType<string>();
    }
}
