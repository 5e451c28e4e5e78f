using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>The two keys of an endpoint: 32 letters and digits each.</summary>
internal static class EndpointKeys
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Make() => RandomNumberGenerator.GetString(Alphabet, 32);

    public static void Ensure(Cloud cloud, string id, string? primary = null, string? secondary = null)
    {
        if (cloud.Store.Secret(id, "primaryKey") is null)
        {
            cloud.Store.SetSecret(id, "primaryKey", primary is { Length: > 0 } ? primary : Make());
            cloud.Store.SetSecret(id, "secondaryKey", secondary is { Length: > 0 } ? secondary : Make());
        }
    }

    public static JsonObject Show(Cloud cloud, string id) => new()
    {
        ["primaryKey"] = cloud.Store.Secret(id, "primaryKey"),
        ["secondaryKey"] = cloud.Store.Secret(id, "secondaryKey"),
    };

    /// <summary>Body: <c>{ keyType: Primary | Secondary, keyValue? }</c>. Null when it was done.</summary>
    public static ArmResponse? Regenerate(Cloud cloud, string id, JsonObject? body)
    {
        var kind = Text(body, "keyType");
        var name = kind?.ToLowerInvariant() switch { "primary" => "primaryKey", "secondary" => "secondaryKey", _ => null };
        if (name is null)
        {
            return ArmErrors.BadRequest($"The value of 'keyType' is '{kind}'; allowed are 'Primary', 'Secondary'.");
        }

        // azure-ai-ml sends the key in use along; it must not survive its own regeneration.
        var wanted = Text(body, "keyValue");
        cloud.Store.SetSecret(id, name, wanted is { Length: > 0 } && wanted != cloud.Store.Secret(id, name) ? wanted : Make());
        return null;
    }

    private static string? Text(JsonObject? body, string name) => body?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
