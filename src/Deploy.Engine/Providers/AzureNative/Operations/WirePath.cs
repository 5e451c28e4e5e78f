using System.Text.Json.Nodes;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>Reaches into a body by a dotted path of wire names.</summary>
internal static class WirePath
{
    public static JsonNode? Get(JsonObject body, string path)
    {
        JsonNode? node = body;
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    /// <summary>Sets the value when the path leads to nothing; a body without the path's parent stays as it is.</summary>
    public static void SetIfAbsent(JsonObject body, string path, Func<JsonNode> value)
    {
        var names = path.Split('.');
        var parent = names.Length == 1 ? body : Get(body, string.Join('.', names[..^1])) as JsonObject;
        if (parent is not null && parent[names[^1]] is null)
        {
            parent[names[^1]] = value();
        }
    }
}
