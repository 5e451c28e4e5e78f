using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>
/// ARM template deployments as far as they need no expression: incremental, inline, resources with literal values, written in their order. Everything else of
/// templates is refused by its name.
/// </summary>
internal sealed class TemplateDeploymentBehaviour : ResourceBehaviour
{
    private static readonly string[] KnownTemplateKeys = ["$schema", "contentVersion", "resources"];
    private static readonly string[] EnvelopeKeys = ["type", "apiVersion", "name"];
    private static readonly string[] RefusedResourceKeys = ["copy", "condition", "dependsOn", "resources", "scope"];

    public override string Type => ResourceTypes.Deployment;

    public override AsyncStyle CreateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle UpdateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override ArmResponse? Check(WriteContext write)
    {
        if (write.Location.Length > 0)
        {
            return ArmErrors.Error(400, "InvalidDeployment", $"The 'location' property is not allowed for '{write.Name}' at resource group scope.");
        }

        if (!string.Equals(write.Text("mode"), "Incremental", StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.NotSupported($"template deployments with mode '{write.Text("mode")}'");
        }

        if (write.Wanted["template"] is not JsonObject template)
        {
            return ArmErrors.NotSupported("template deployments without an inline template");
        }

        return template.Select(pair => pair.Key).FirstOrDefault(key => !KnownTemplateKeys.Contains(key, StringComparer.Ordinal)) is { } section
            ? ArmErrors.NotSupported($"the section '{section}' of templates")
            : Resources(write).Select(CheckResource).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Writes the template's resources; the first that Azure would refuse ends it.</summary>
    public static ArmResponse? Run(WriteContext write, Func<ArmPath, string, JsonObject, ArmResponse> put)
    {
        foreach (var resource in Resources(write))
        {
            var body = resource.DeepClone().AsObject();
            foreach (var key in EnvelopeKeys)
            {
                body.Remove(key);
            }

            var response = put(ArmPath.Parse(IdOf(write, resource).Split('/', StringSplitOptions.RemoveEmptyEntries)), (string)resource["apiVersion"]!, body);
            if (response.IsError)
            {
                return ArmErrors.Error(400, "InvalidTemplateDeployment",
                    $"The template deployment '{write.Name}' is not valid according to the validation procedure. See inner errors for details.",
                    details: [response.Body?["error"]?.DeepClone()]);
            }
        }

        return null;
    }

    public override void Complete(WriteContext write)
    {
        var template = write.Wanted["template"]!.ToJsonString();
        write.Properties.Remove("template");
        write.Properties["templateHash"] = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(template))).ToString(System.Globalization.CultureInfo.InvariantCulture);
        write.Properties["mode"] = "Incremental";
        write.Properties["timestamp"] = Cloud.Iso(write.Cloud.Now);
        write.Properties["duration"] = "PT0S";
        write.Properties["correlationId"] = Guid.NewGuid().ToString();
        write.Properties["outputResources"] = new JsonArray([.. Resources(write).Select(resource => new JsonObject { ["id"] = IdOf(write, resource) })]);
    }

    private static IEnumerable<JsonObject> Resources(WriteContext write) => (write.Wanted["template"]?["resources"] as JsonArray ?? []).OfType<JsonObject>();

    private static ArmResponse? CheckResource(JsonObject resource)
    {
        if (EnvelopeKeys.FirstOrDefault(key => resource[key]?.GetValueKind() != JsonValueKind.String) is { } missing)
        {
            return ArmErrors.Error(400, "InvalidTemplate", $"Deployment template validation failed: 'The template resource is missing the property '{missing}'.'.");
        }

        if (RefusedResourceKeys.FirstOrDefault(resource.ContainsKey) is { } refused)
        {
            return ArmErrors.NotSupported($"the property '{refused}' of template resources");
        }

        return Strings(resource).FirstOrDefault(text => text.StartsWith('[') && !text.StartsWith("[[", StringComparison.Ordinal)) is { } expression
            ? ArmErrors.NotSupported($"template expressions such as '{expression}'")
            : null;
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Strings(pair.Value)),
        JsonArray list => list.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>Type <c>ns/a/b</c> and name <c>x/y</c> make <c>providers/ns/a/x/b/y</c> in the deployment's resource group.</summary>
    private static string IdOf(WriteContext write, JsonObject resource)
    {
        var type = ((string)resource["type"]!).Split('/');
        var names = ((string)resource["name"]!).Split('/');
        var pairs = type.Skip(1).Zip(names, (segment, name) => $"/{segment}/{name}");
        return $"{write.Cloud.Subscription}/resourceGroups/{write.Path.Group}/providers/{type[0]}{string.Concat(pairs)}";
    }
}
