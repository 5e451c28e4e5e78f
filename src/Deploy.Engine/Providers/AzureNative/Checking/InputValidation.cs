using System.Globalization;
using System.Text.RegularExpressions;
using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Checking;

/// <summary>Checks inputs against the metadata; every fault at once, in the official provider's words. Unknown values pass.</summary>
internal sealed class InputValidation(ProviderMetadata metadata)
{
    private static readonly string[] Provided = ["azureApiVersion"];

    public IReadOnlyList<CheckFailure> Run(ResourceMetadata resource, PropertyMap inputs)
    {
        var failures = new List<CheckFailure>();
        ValidateObject(string.Empty, resource.Inputs, inputs, failures);
        return failures;
    }

    private void ValidateObject(string path, IReadOnlyDictionary<string, PropertyMetadata> properties, PropertyMap value, List<CheckFailure> failures)
    {
        foreach (var (name, property) in properties.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            var given = value.Find(name)?.Bare;
            if (given is not (null or PropertyNull))
            {
                ValidateProperty(here, property, given, failures);
            }
            else if (property is { Required: true, ReadOnly: false, Type.Const: null })
            {
                failures.Add(new CheckFailure(here, Missing(here)));
            }
        }

        foreach (var name in value.Keys.Where(k => !properties.ContainsKey(k) && !k.StartsWith("__", StringComparison.Ordinal) && !Provided.Contains(k)))
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            failures.Add(new CheckFailure(here, $"'{here}' is not a property of this type"));
        }
    }

    private static string Missing(string path) => path == "location"
        ? "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."
        : $"missing required property '{path}'";

    private void ValidateProperty(string path, PropertyMetadata property, PropertyValue value, List<CheckFailure> failures)
    {
        var count = failures.Count;
        ValidateType(path, property.Type, value, failures);
        if (failures.Count > count)
        {
            return;
        }

        if (value.AsString() is { } text)
        {
            ValidateText(path, property, text, failures);
        }

        if (value.AsNumber() is { } number)
        {
            ValidateNumber(path, property, number, failures);
        }
    }

    private void ValidateType(string path, TypeMetadata type, PropertyValue value, List<CheckFailure> failures)
    {
        switch (type.Kind, value.Bare)
        {
            case (_, PropertyUnknown or PropertyReference) or ("any", _) or ("string", PropertyString) or ("boolean", PropertyBool) or ("number", PropertyNumber):
                break;
            case ("integer", PropertyNumber number):
                if (Math.Floor(number.Value) != number.Value)
                {
                    failures.Add(new CheckFailure(path, $"'{path}' must be an integer, got {number.Text}"));
                }

                break;
            case ("array" or "stringSet", PropertyList list):
                for (var i = 0; i < list.Count; i++)
                {
                    ValidateType($"{path}[{i}]", type.Items ?? new TypeMetadata { Kind = "string" }, list[i], failures);
                }

                break;
            case ("map", PropertyMap map):
                foreach (var (key, item) in map)
                {
                    ValidateType($"{path}.{key}", type.Items!, item, failures);
                }

                break;
            case ("object", PropertyMap map):
                ValidateObject(path, metadata.Types[type.Ref!], map, failures);
                break;
            case ("union", PropertyMap map):
                if (Unions.Choose(metadata, type, map) is { } chosen)
                {
                    ValidateType(path, chosen, map, failures);
                }

                break;
            case ("union", _) when type.Of!.Any(t => t.Kind != "object"):
                break;
            default:
                failures.Add(new CheckFailure(path, $"'{path}' should be of type '{Name(type)}' but got '{Name(value.Bare)}'"));
                break;
        }
    }

    private static void ValidateText(string path, PropertyMetadata property, string text, List<CheckFailure> failures)
    {
        if (text.Length < property.MinLength)
        {
            failures.Add(new CheckFailure(path, $"'{path}' is too short ({text.Length}): at least {property.MinLength} characters required"));
        }

        if (text.Length > property.MaxLength)
        {
            failures.Add(new CheckFailure(path, $"'{path}' is too long ({text.Length}): at most {property.MaxLength} characters allowed"));
        }

        if (property.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            failures.Add(new CheckFailure(path, $"'{path}' does not match expression '{pattern}'"));
        }
    }

    private static void ValidateNumber(string path, PropertyMetadata property, double number, List<CheckFailure> failures)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (number < property.Minimum)
        {
            failures.Add(new CheckFailure(path, $"'{path}' is too low ({text}): at least {property.Minimum} required"));
        }

        if (number > property.Maximum)
        {
            failures.Add(new CheckFailure(path, $"'{path}' is too high ({text}): at most {property.Maximum} allowed"));
        }
    }

    private static string Name(TypeMetadata type) => type.Kind switch
    {
        "stringSet" => "array",
        "map" or "union" => "object",
        var kind => kind,
    };

    private static string Name(PropertyValue value) => value switch
    {
        PropertyString => "string",
        PropertyBool => "boolean",
        PropertyNumber => "number",
        PropertyList => "array",
        PropertyMap => "object",
        PropertyAsset or PropertyArchive => "asset",
        _ => "null",
    };
}
