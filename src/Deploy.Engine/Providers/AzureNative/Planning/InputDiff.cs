using Deploy.Engine.Providers.AzureNative.Checking;
using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Planning;

/// <summary>Compares old inputs with new ones, and says which differences replace the resource.</summary>
internal sealed class InputDiff(ProviderMetadata metadata)
{
    public DiffResponse Run(ResourceMetadata resource, DiffRequest request)
    {
        var found = new Dictionary<string, PropertyDiff>(StringComparer.Ordinal);
        var old = Prepare(request.OldInputs, request.OldOutputs);
        var @new = Prepare(request.NewInputs, null);
        foreach (var name in old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal))
        {
            var property = resource.Inputs.GetValueOrDefault(name);
            var type = property?.Type ?? new TypeMetadata { Kind = name == "azureApiVersion" ? "string" : "any" };
            var differences = new Dictionary<string, PropertyDiff>(StringComparer.Ordinal);
            if (!IsSameByName(name, old.Find(name), @new.Find(name)))
            {
                Compare(name, type, old.Find(name), @new.Find(name), differences);
            }

            Merge(found, differences, name, property, request, @new);
        }

        var replaces = found.Where(d => IsReplace(d.Value.Kind)).Select(d => Top(d.Key)).Distinct().ToList();
        return new DiffResponse
        {
            Changes = found.Count == 0 ? DiffChanges.None : DiffChanges.Some,
            Replaces = replaces,
            Diffs = [.. found.Keys.Select(Top).Distinct()],
            DetailedDiff = found,
            DeleteBeforeReplace = replaces.Count > 0 && request.NewInputs.Find(Autonaming.CreateBeforeDelete)?.AsBool() != true,
        };
    }

    private static PropertyMap Prepare(PropertyMap inputs, PropertyMap? outputs)
    {
        var plain = Plain.WithoutNulls(inputs).Where(static (name, _) => !name.StartsWith("__", StringComparison.Ordinal));
        // State of older versions has the API version among the outputs only.
        return plain.ContainsKey("azureApiVersion") || outputs?.Find("azureApiVersion") is not { } version ? plain : plain.With("azureApiVersion", version);
    }

    private static void Merge(
        Dictionary<string, PropertyDiff> found, Dictionary<string, PropertyDiff> differences, string name, PropertyMetadata? property, DiffRequest request, PropertyMap @new)
    {
        foreach (var (path, difference) in differences)
        {
            // Only a property of the resource itself replaces it, whatever changed inside.
            var mustReplace = property?.ForceNew == true;
            var isAdded = difference.Kind == DiffKind.Add && path == name;
            if (isAdded && property?.Default is { } value && PropertyJson.FromJson(value).Equals(@new.Find(name)))
            {
                continue;
            }

            // The service's own default was made explicit: nothing to replace.
            var isAlreadySo = isAdded && mustReplace && AreSame(name, request.OldOutputs.Find(name), @new.Find(name));
            found[path] = mustReplace && !isAlreadySo ? difference with { Kind = Replacing(difference.Kind) } : difference;
        }
    }

    private void Compare(string path, TypeMetadata type, PropertyValue? old, PropertyValue? @new, Dictionary<string, PropertyDiff> found)
    {
        if (old is null || @new is null)
        {
            if (old is not null || @new is not null)
            {
                found[path] = new PropertyDiff(old is null ? DiffKind.Add : DiffKind.Delete);
            }

            return;
        }

        switch (type.Kind, old, @new)
        {
            case ("stringSet", PropertyList left, PropertyList right):
                CompareSets(path, left, right, found);
                break;
            case (_, PropertyMap left, PropertyMap right):
                CompareMaps(path, type, left, right, found);
                break;
            case (_, PropertyList left, PropertyList right):
                CompareLists(path, type.Items ?? new TypeMetadata { Kind = "any" }, left, right, found);
                break;
            default:
                if (!IsEqual(old, @new))
                {
                    found[path] = new PropertyDiff(DiffKind.Update);
                }

                break;
        }
    }

    private void CompareMaps(string path, TypeMetadata type, PropertyMap old, PropertyMap @new, Dictionary<string, PropertyDiff> found)
    {
        var chosen = type.Kind == "union" ? Unions.Choose(metadata, type, @new) : type;
        var properties = chosen is { Kind: "object" } ? metadata.Types[chosen.Ref!] : null;
        foreach (var name in old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal))
        {
            var inner = properties?.GetValueOrDefault(name)?.Type ?? (type.Kind == "map" ? type.Items! : new TypeMetadata { Kind = "any" });
            Compare(Member(path, name), inner, old.Find(name), @new.Find(name), found);
        }
    }

    private void CompareLists(string path, TypeMetadata items, PropertyList old, PropertyList @new, Dictionary<string, PropertyDiff> found)
    {
        for (var i = 0; i < Math.Max(old.Count, @new.Count); i++)
        {
            Compare($"{path}[{i}]", items, i < old.Count ? old[i] : null, i < @new.Count ? @new[i] : null, found);
        }
    }

    /// <summary>A set has no order, and its members are ids.</summary>
    private static void CompareSets(string path, PropertyList old, PropertyList @new, Dictionary<string, PropertyDiff> found)
    {
        if (@new.ContainsUnknowns)
        {
            found[path] = new PropertyDiff(DiffKind.Update);
            return;
        }

        for (var i = 0; i < @new.Count; i++)
        {
            if (!old.Any(member => IsEqual(member, @new[i])))
            {
                found[$"{path}[{i}]"] = new PropertyDiff(DiffKind.Add);
            }
        }

        for (var i = 0; i < old.Count; i++)
        {
            if (!@new.Any(member => IsEqual(member, old[i])))
            {
                found[$"{path}[{i}]"] = new PropertyDiff(DiffKind.Delete);
            }
        }
    }

    private static bool AreSame(string name, PropertyValue? old, PropertyValue? @new) =>
        old is not null && @new is not null && (IsSameByName(name, old, @new) || IsEqual(Plain.From(old), @new));

    /// <summary>Azure spells these in more ways than one.</summary>
    private static bool IsSameByName(string name, PropertyValue? old, PropertyValue? @new)
    {
        if (old?.AsString() is not { } left || @new?.AsString() is not { } right)
        {
            return false;
        }

        return name switch
        {
            "location" => Location(left) == Location(right),
            "resourceGroupName" => string.Equals(left, right, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static string Location(string value) => value.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Deep equality; texts that are ARM ids are compared without case.</summary>
    private static bool IsEqual(PropertyValue old, PropertyValue @new) =>
        old.AsString() is { } left && @new.AsString() is { } right && IsArmId(left) && IsArmId(right)
            ? string.Equals(left.TrimEnd('/'), right.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
            : !@new.ContainsUnknowns && old.Equals(@new);

    private static bool IsArmId(string text) =>
        text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || text.StartsWith("/providers/", StringComparison.OrdinalIgnoreCase);

    private static DiffKind Replacing(DiffKind kind) => kind switch
    {
        DiffKind.Add => DiffKind.AddReplace,
        DiffKind.Delete => DiffKind.DeleteReplace,
        _ => DiffKind.UpdateReplace,
    };

    private static bool IsReplace(DiffKind kind) => kind is DiffKind.AddReplace or DiffKind.DeleteReplace or DiffKind.UpdateReplace;

    private static string Top(string path) => path[..(path.IndexOfAny(['.', '[']) is var end && end < 0 ? path.Length : end)];

    private static string Member(string path, string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && name.Length > 0 ? $"{path}.{name}" : $"{path}[\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";
}
