using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Checking;

/// <summary>Finds the location of a resource whose program gives none: what it was, the configured one, or its resource group's.</summary>
internal sealed class GroupLocations(IArmClient client, string subscriptionId, string? configured)
{
    private const string ApiVersion = "2024-03-01";

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The location; unknown while the group is; null when nothing tells.</summary>
    public async Task<PropertyValue?> FindAsync(PropertyMap oldInputs, PropertyMap inputs, CancellationToken cancellationToken)
    {
        if (oldInputs.Find("location") is { } old)
        {
            return old;
        }

        if (configured is { Length: > 0 })
        {
            return configured;
        }

        if (inputs.Find("resourceGroupName") is not { } group)
        {
            return null;
        }

        if (group.AsString() is not { } name)
        {
            return group.ContainsUnknowns ? PropertyValue.Unknown : null;
        }

        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        var response = await client.SendAsync(ArmRequest.Get($"/subscriptions/{subscriptionId}/resourceGroups/{name}", ApiVersion), cancellationToken);
        // A group that cannot be read leaves the location open; validation then says so in the user's words.
        return response.IsSuccess && (response.Body as JsonObject)?["location"]?.ToString() is { } location ? _known[name] = location : null;
    }
}
