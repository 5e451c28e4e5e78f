using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>
/// Microsoft's shared capacity for managed compute: an endpoint on it needs no quota of one's own and is deleted after 168 hours at the latest. The switch is no documented API:
/// <c>properties.properties.SharedComputeCapacityEnabled</c> = "true" and <c>TargetAutoDeletionTime</c> (RFC 1123), as public templates write it.
/// </summary>
internal static class SharedQuota
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(168);

    public static bool IsUsedBy(StoredResource endpoint) => IsUsed(endpoint.Properties);

    public static DateTimeOffset? EndOf(StoredResource endpoint, DateTimeOffset created)
    {
        if (!IsUsedBy(endpoint))
        {
            return null;
        }

        var latest = created + Longest;
        return Wanted(endpoint.Properties) is { } wanted && wanted < latest ? wanted : latest;
    }

    public static ArmResponse? Check(WriteContext write)
    {
        if (!IsUsed(write.Wanted))
        {
            return null;
        }

        var text = Text(write.Wanted, "TargetAutoDeletionTime");
        return text is null || Wanted(write.Wanted) is not null ? null : ArmErrors.BadRequest($"The value '{text}' of 'TargetAutoDeletionTime' is not a time as RFC 1123 writes it.");
    }

    private static bool IsUsed(JsonObject properties) => string.Equals(Text(properties, "SharedComputeCapacityEnabled"), "true", StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset? Wanted(JsonObject properties) =>
        DateTimeOffset.TryParseExact(Text(properties, "TargetAutoDeletionTime"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? Text(JsonObject properties, string name) => (properties["properties"] as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
