using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>The subscription's predefined tag names and values: <c>tagNames/{name}/tagValues/{value}</c>.</summary>
internal sealed class TagNames(Cloud cloud)
{
    private const string Key = "tagNames";

    /// <param name="method">The HTTP method.</param>
    /// <param name="rest">What follows <c>tagNames</c>.</param>
    /// <param name="page">Which page of the list.</param>
    public ArmResponse Answer(string method, IReadOnlyList<string> rest, PageRequest page)
    {
        var all = cloud.Store.Setting(Key) as JsonObject ?? [];
        return (method, rest) switch
        {
            ("GET", []) => page.Of(all.Select(pair => Show(pair.Key, pair.Value!.AsArray()))),
            ("PUT", [var name]) => Put(all, name, null),
            ("PUT", [var name, _, var value]) => Put(all, name, value),
            ("DELETE", [var name]) => Delete(all, name, null),
            ("DELETE", [var name, _, var value]) => Delete(all, name, value),
            _ => ArmErrors.NotSupported($"{method} on tagNames/{string.Join('/', rest)}"),
        };
    }

    private ArmResponse Put(JsonObject all, string name, string? value)
    {
        var isNew = !all.ContainsKey(name);
        if (isNew && value is not null)
        {
            return ArmErrors.Error(404, "TagNameNotFound", $"The tag name '{name}' could not be found.");
        }

        var values = all[name] as JsonArray ?? [];
        if (value is not null && !Has(values, value))
        {
            isNew = true;
            values.Add(value);
        }

        all[name] = values.DeepClone();
        cloud.Store.SetSetting(Key, all);
        return new ArmResponse(isNew ? 201 : 200, value is null ? Show(name, values) : ShowValue(name, value)).AsWrite();
    }

    private ArmResponse Delete(JsonObject all, string name, string? value)
    {
        if (all[name] is not JsonArray values || (value is not null && !Has(values, value)))
        {
            return ArmResponse.NoContent();
        }

        if (value is null && values.Count > 0)
        {
            return ArmErrors.Conflict($"The tag name '{name}' still has values; delete them first.");
        }

        if (value is null)
        {
            all.Remove(name);
        }
        else
        {
            values.Remove(values.First(known => (string?)known == value));
        }

        cloud.Store.SetSetting(Key, all);
        return new ArmResponse(200).AsWrite();
    }

    private static bool Has(JsonArray values, string value) => values.Any(known => (string?)known == value);

    private JsonObject Show(string name, JsonArray values) => new()
    {
        ["id"] = $"{cloud.Subscription}/tagNames/{name}",
        ["tagName"] = name,
        ["count"] = new JsonObject { ["type"] = "Total", ["value"] = 0 },
        ["values"] = new JsonArray([.. values.Select(value => ShowValue(name, (string)value!))]),
    };

    private JsonObject ShowValue(string name, string value) => new()
    {
        ["id"] = $"{cloud.Subscription}/tagNames/{name}/tagValues/{value}",
        ["tagValue"] = value,
        ["count"] = new JsonObject { ["type"] = "Total", ["value"] = 0 },
    };
}
