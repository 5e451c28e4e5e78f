using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>
/// ARM template deployments into a resource group, as far as literal values go: resources are written in the order of the template. Expressions, parameters, nested and
/// complete-mode deployments are refused by name.
/// </summary>
internal sealed class TemplateDeploymentBehaviour : ResourceBehaviour
{
    private static readonly string[] TemplateParts = ["$schema", "contentVersion", "metadata", "resources"];
    private static readonly string[] Envelope = ["type", "apiVersion", "name"];
    private static readonly string[] RefusedInResource = ["copy", "condition", "dependsOn", "resources", "scope"];

    public override string Type => ResourceTypes.Deployment;

    public override AsyncStyle CreateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle UpdateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override ArmResponse? Check(WriteContext write)
    {
        if (write.Path.Group is null)
        {
            return ArmErrors.NotSupported("template deployments outside a resource group");
        }

        if (!string.Equals(write.Text("mode"), "Incremental", StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.NotSupported($"template deployments in mode '{write.Text("mode")}'");
        }

        if (write.Wanted["template"] is not JsonObject template)
        {
            return ArmErrors.NotSupported("template deployments by templateLink");
        }

        if (template.Select(pair => pair.Key).FirstOrDefault(name => !TemplateParts.Contains(name, StringComparer.Ordinal)) is { } part)
        {
            return ArmErrors.NotSupported($"the section '{part}' of templates");
        }

        if (Expression(template) is { } expression)
        {
            return ArmErrors.NotSupported($"expressions in a template ('{expression}')");
        }

        if (template["resources"] is JsonArray resources && resources.All(IsResource))
        {
            return resources.SelectMany(resource => RefusedInResource.Where(resource!.AsObject().ContainsKey)).FirstOrDefault() is { } refused
                ? ArmErrors.NotSupported($"the property '{refused}' of template resources")
                : null;
        }

        return ArmErrors.Error(400, "InvalidTemplate", "Deployment template validation failed: 'resources' must be a list of objects with type, apiVersion and name.");
    }

    public override void Complete(WriteContext write)
    {
        write.Properties.Remove("template");
        write.Properties["templateHash"] = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(write.Wanted["template"]!.ToJsonString()))).ToString(CultureInfo.InvariantCulture);
        write.Properties["provisioningState"] = "Accepted";
        write.Properties["timestamp"] = Cloud.Iso(write.Cloud.Now);
        write.Properties["correlationId"] = Guid.NewGuid().ToString();
        write.Properties["duration"] = "PT0S";
        write.Properties["outputs"] = new JsonObject();
    }

    public override void Stored(WriteContext write)
    {
        var made = new JsonArray();
        foreach (var resource in write.Wanted["template"]!["resources"]!.AsArray().Select(node => node!.AsObject()))
        {
            var path = PathOf(write.Path.Scope, (string)resource["type"]!, (string)resource["name"]!);
            var answer = path is null
                ? ArmErrors.Error(400, "InvalidTemplate", $"The name '{resource["name"]}' does not have as many parts as the type '{resource["type"]}'.")
                : write.WriteOther(path, (string)resource["apiVersion"]!, Body(resource));
            if (answer.IsError)
            {
                write.Properties["error"] = new JsonObject
                {
                    ["code"] = "DeploymentFailed",
                    ["message"] = "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
                    ["details"] = new JsonArray(answer.Body!["error"]!.DeepClone()),
                };
                break;
            }

            made.Add(new JsonObject { ["id"] = path!.Id });
        }

        write.Properties["outputResources"] = made;
    }

    public override void Settle(JsonObject properties)
    {
        if (properties["error"] is not null)
        {
            properties["provisioningState"] = "Failed";
        }
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud)
    {
        if (!action.Equals("cancel", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (cloud.Store.RunningOperation(resource.Id) is not { Kind: OperationKind.Write } running)
        {
            return ArmErrors.Conflict($"The deployment '{resource.Name}' cannot be cancelled: its provisioning state is {resource.Properties["provisioningState"]}.");
        }

        cloud.Store.Put(running with { Status = "Canceled", EndsAt = cloud.Now });
        resource.Properties["provisioningState"] = "Canceled";
        cloud.Store.Put(resource with { Version = resource.Version + 1 });
        return ArmResponse.NoContent().AsWrite();
    }

    private static bool IsResource(JsonNode? node) =>
        node is JsonObject resource && Envelope.All(part => resource[part] is JsonValue value && value.TryGetValue<string>(out _));

    private static JsonObject Body(JsonObject resource)
    {
        var body = resource.DeepClone().AsObject();
        foreach (var name in Envelope)
        {
            body.Remove(name);
        }

        return body;
    }

    private static ArmPath? PathOf(string group, string type, string name)
    {
        var (types, names) = (type.Split('/'), name.Split('/'));
        return types.Length != names.Length + 1
            ? null
            : new ArmPath { Scope = group, Namespace = types[0], Pairs = [.. names.Select((part, index) => new ArmSegment(types[index + 1], part))] };
    }

    // "[[" is how a template writes a literal bracket.
    private static string? Expression(JsonNode? node) => node switch
    {
        JsonObject value => value.Select(pair => Expression(pair.Value)).FirstOrDefault(found => found is not null),
        JsonArray values => values.Select(Expression).FirstOrDefault(found => found is not null),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('[') && !text.StartsWith("[[", StringComparison.Ordinal) => text,
        _ => null,
    };
}
