using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;

namespace Deploy.Emulator.Faults;

/// <summary>How old the resource is that a request is about: the nearest one on its path that knows when it was made.</summary>
internal sealed class ResourceAge(Cloud cloud)
{
    public TimeSpan? Of(IReadOnlyList<string> segments)
    {
        if (segments is [("serverless" or "online") and { } kind, { } location, { } name, ..])
        {
            return Since(cloud.Store.Find(kind == "serverless" ? ResourceTypes.ServerlessEndpoint : ResourceTypes.OnlineEndpoint, Cloud.Normalize(location), name)?.Body);
        }

        for (var count = segments.Count; count >= 4; count--)
        {
            if (cloud.Store.Get("/" + string.Join('/', segments.Take(count))) is { } resource && Since(resource.Body) is { } age)
            {
                return age;
            }
        }

        return null;
    }

    private TimeSpan? Since(JsonObject? body) =>
        (body?["systemData"]?["createdAt"] ?? body?["properties"]?["createdOn"]) is JsonValue value && value.TryGetValue<string>(out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
            ? cloud.Now - made
            : null;
}
