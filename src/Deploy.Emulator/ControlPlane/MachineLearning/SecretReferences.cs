using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>
/// Environment variables of a deployment that stand for secrets of a connection or a vault: <c>${{azureml://connections/name/credentials/key}}</c>,
/// <c>${{keyvault:https://vault.vault.azure.net/secrets/name/version}}</c> ("Secret injection in online endpoints").
/// </summary>
internal sealed partial class SecretReferences(Cloud cloud, StoredResource workspace, EndpointIdentity identity)
{
    /// <summary>What is wrong with the first reference that cannot be resolved; null when all can.</summary>
    public string? Fault(JsonNode? variables) => (variables as JsonObject ?? []).Select(pair => Fault(pair.Key, pair.Value?.ToString() ?? "")).FirstOrDefault(fault => fault is not null);

    private string? Fault(string variable, string value)
    {
        if (Connection().Match(value) is { Success: true } connection)
        {
            return Connection(variable, connection);
        }

        if (Secret().Match(value) is { Success: true } secret)
        {
            return Secret(variable, secret);
        }

        return value.StartsWith("${{azureml:", StringComparison.Ordinal) || value.StartsWith("${{keyvault:", StringComparison.Ordinal)
            ? $"The format of the secret reference '{value}' in the environment variable '{variable}' is invalid."
            : null;
    }

    private string? Connection(string variable, Match match)
    {
        var name = match.Groups["name"].Value;
        var owner = new[] { workspace.Id, (string?)workspace.Properties["hubResourceId"] }.OfType<string>();
        if (owner.Select(id => cloud.Store.Get($"{id}/connections/{name}")).FirstOrDefault(found => found is not null) is not { } connection)
        {
            return $"The connection '{name}' that the environment variable '{variable}' refers to doesn't exist in the workspace '{workspace.Name}'.";
        }

        if (!identity.MayReadDefaultSecretStores && !identity.Can($"{ResourceTypes.Connection}/listsecrets/action", connection.Id))
        {
            return $"The endpoint identity doesn't have Azure RBAC permission to read the secrets of the connection '{name}'.";
        }

        var holds = match.Groups["part"].Value switch
        {
            "credentials" => cloud.Store.Secret(connection.Id, "credentials") is { } kept && JsonNode.Parse(kept)?[match.Groups["item"].Value] is not null,
            "metadata" => (connection.Properties["metadata"] as JsonObject)?[match.Groups["item"].Value] is not null,
            _ => true,
        };
        return holds ? null : $"The connection '{name}' has no '{match.Groups["part"].Value}/{match.Groups["item"].Value}', which the environment variable '{variable}' refers to.";
    }

    private string? Secret(string variable, Match match)
    {
        var name = match.Groups["name"].Value;
        if (cloud.Store.Named(ResourceTypes.Vault, match.Groups["vault"].Value) is not [{ } vault, ..] || cloud.Store.Get($"{vault.Id}/secrets/{name}") is null)
        {
            return $"The secret '{name}' that the environment variable '{variable}' refers to doesn't exist in the key vault '{match.Groups["vault"].Value}'.";
        }

        var isWorkspaces = vault.Id.Equals((string?)workspace.Properties["keyVault"], StringComparison.OrdinalIgnoreCase);
        return (isWorkspaces && identity.MayReadDefaultSecretStores) || identity.CanWithData("Microsoft.KeyVault/vaults/secrets/getSecret/action", vault.Id)
            ? null
            : $"The endpoint identity doesn't have Azure RBAC permission to read the secrets of the key vault '{vault.Name}'.";
    }

    [GeneratedRegex(@"^\$\{\{azureml://connections/(?<name>[^/{}]+)(/(?<part>credentials|metadata)/(?<item>[^/{}]+)|/target)?\}\}$")]
    private static partial Regex Connection();

    [GeneratedRegex(@"^\$\{\{keyvault:https://(?<vault>[A-Za-z0-9-]+)\.vault\.azure\.net/secrets/(?<name>[A-Za-z0-9-]+)(/[A-Za-z0-9]+)?\}\}$")]
    private static partial Regex Secret();
}
