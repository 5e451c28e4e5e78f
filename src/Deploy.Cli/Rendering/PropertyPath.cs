using Deploy.Engine.Values;

namespace Deploy.Cli.Rendering;

/// <summary>Finds the value that a path of a detailed diff names, such as <c>properties.sku[0].name</c>.</summary>
internal static class PropertyPath
{
    /// <summary>Null when the path leads nowhere.</summary>
    public static PropertyValue? Find(PropertyMap root, string path)
    {
        PropertyValue? current = root;
        foreach (var part in Split(path))
        {
            current = current is PropertySecret secret ? secret.Element : current;
            current = current switch
            {
                PropertyMap map => map.TryGetValue(part, out var value) ? value : null,
                PropertyList list when int.TryParse(part, out var index) && index < list.Count => list[index],
                _ => null,
            };
            if (current is null)
            {
                return null;
            }
        }

        return current;
    }

    private static string[] Split(string path) =>
        path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal)
            .Replace('[', '.').Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries);
}
