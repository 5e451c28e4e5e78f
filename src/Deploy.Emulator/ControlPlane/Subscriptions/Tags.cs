using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>The tags of a subscription, resource group or resource, as a whole: <c>{scope}/providers/Microsoft.Resources/tags/default</c>.</summary>
internal sealed class Tags(Cloud cloud, ResourceService resources)
{
    private const string OfSubscription = "subscriptionTags";
    private const int Most = 50;

    /// <summary>Null when the path is not about tags.</summary>
    public ArmResponse? Answer(string method, ArmPath path, JsonObject? body)
    {
        if (path is not { Trailing: null, Pairs: [{ Type: var type, Name: var name }] }
            || !path.Namespace!.Equals("Microsoft.Resources", StringComparison.OrdinalIgnoreCase) || !type.Equals("tags", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!name.Equals("default", StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.Error(400, "InvalidResourceName", $"The name of the tags of a scope is 'default', not '{name}'.");
        }

        var isSubscription = path.Scope.Equals(cloud.Subscription, StringComparison.OrdinalIgnoreCase);
        if (!isSubscription && Missing(path.Scope) is { } missing)
        {
            return missing;
        }

        var tags = (isSubscription ? cloud.Store.Setting(OfSubscription) : cloud.Store.Get(path.Scope)!.Body["tags"]) as JsonObject ?? [];
        return method switch
        {
            "GET" => ArmResponse.Ok(Show(path.Scope, tags)),
            "PUT" => Write(path.Scope, isSubscription, Given(body)),
            "PATCH" => Patch(path.Scope, isSubscription, tags, body),
            "DELETE" => Write(path.Scope, isSubscription, []) is { IsError: true } refused ? refused : new ArmResponse(200).AsWrite(),
            _ => ArmErrors.NotSupported($"{method} on Microsoft.Resources/tags"),
        };
    }

    private ArmResponse? Missing(string scope)
    {
        var target = ArmPath.OfId(scope);
        return target.Pairs.Count == 0 ? ArmErrors.BadRequest($"'{scope}' has no tags.") : resources.Get(target) is { IsError: true } missing ? missing : null;
    }

    private ArmResponse Patch(string scope, bool isSubscription, JsonObject tags, JsonObject? body)
    {
        var given = Given(body);
        var operation = body?["operation"]?.ToString() ?? "";
        var wanted = tags.DeepClone().AsObject();
        switch (operation.ToLowerInvariant())
        {
            case "replace":
                wanted = given;
                break;
            case "merge":
                foreach (var (name, value) in given)
                {
                    wanted[Spelled(wanted, name) ?? name] = value?.DeepClone();
                }

                break;
            case "delete":
                // A value in the request must be the tag's, else the tag stays.
                foreach (var (name, value) in given)
                {
                    if (Spelled(wanted, name) is { } known && (string?)wanted[known] == (string?)value)
                    {
                        wanted.Remove(known);
                    }
                }

                break;
            default:
                return ArmErrors.InvalidContent($"The value '{operation}' of 'operation' is not valid; allowed are Replace, Merge, Delete");
        }

        return Write(scope, isSubscription, wanted);
    }

    private ArmResponse Write(string scope, bool isSubscription, JsonObject tags)
    {
        if (tags.Count > Most)
        {
            return ArmErrors.Error(400, "InvalidTagCount", $"A resource can have {Most} tags, not {tags.Count}.");
        }

        if (tags.FirstOrDefault(tag => tag.Value is not JsonValue value || !value.TryGetValue<string>(out _)) is { Key: { } wrong })
        {
            return ArmErrors.InvalidContent($"The value of the tag '{wrong}' is not a text");
        }

        if (isSubscription)
        {
            cloud.Store.SetSetting(OfSubscription, tags);
        }
        else
        {
            var target = cloud.Store.Get(scope)!;
            target.Body["tags"] = tags.DeepClone();
            cloud.Store.Put(target with { Version = target.Version + 1 });
        }

        return ArmResponse.Ok(Show(scope, tags)).AsWrite();
    }

    private static JsonObject Given(JsonObject? body) => body?["properties"]?["tags"]?.DeepClone() as JsonObject ?? [];

    private static string? Spelled(JsonObject tags, string name) => tags.Select(tag => tag.Key).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Show(string scope, JsonObject tags) => new()
    {
        ["id"] = $"{scope}/providers/Microsoft.Resources/tags/default",
        ["name"] = "default",
        ["type"] = "Microsoft.Resources/tags",
        ["properties"] = new JsonObject { ["tags"] = tags.DeepClone() },
    };
}
