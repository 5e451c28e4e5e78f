using System.Text.Json.Nodes;
using Deploy.ArmTypes;

namespace Deploy.Emulator.Protocol;

/// <summary>Azure Resource Manager's error answers, in its words where they are known.</summary>
internal static class ArmErrors
{
    public static ArmResponse Error(int status, string code, string message, string? target = null, JsonArray? details = null, JsonArray? additionalInfo = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (target is not null)
        {
            error["target"] = target;
        }

        if (details is not null)
        {
            error["details"] = details;
        }

        if (additionalInfo is not null)
        {
            error["additionalInfo"] = additionalInfo;
        }

        return new ArmResponse(status, new JsonObject { ["error"] = error }).With("x-ms-failure-cause", status >= 500 ? "service" : "gateway").With("x-ms-error-code", code);
    }

    public static ArmResponse NotSupported(string what) =>
        Error(501, "NotImplemented", $"The local Azure does not support {what}. docs/emulator-support.md lists what it supports.");

    public static ArmResponse BadRequest(string message) => Error(400, "BadRequest", message);

    /// <summary>Azure Machine Learning's way of saying that the caller is wrong.</summary>
    public static ArmResponse UserError(string message, string component = "ManagementFrontEnd") => Error(400, "UserError", message, additionalInfo:
    [
        new JsonObject { ["type"] = "ComponentName", ["info"] = new JsonObject { ["value"] = component } },
    ]);

    public static ArmResponse ResourceNotFound(string type, string name, string? group) => Error(404, "ResourceNotFound", group is null
        ? $"The Resource '{type}/{name}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
        : $"The Resource '{type}/{name}' under resource group '{group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    public static ArmResponse ResourceGroupNotFound(string group) => Error(404, "ResourceGroupNotFound", $"Resource group '{group}' could not be found.");

    public static ArmResponse ParentNotFound(string type, string parentId) => Error(404, "ParentResourceNotFound",
        $"Failed to perform 'write' on resource(s) of type '{TypeWithoutNamespace(type)}', because the parent resource '{parentId}' could not be found.");

    public static ArmResponse SubscriptionNotFound(string subscription) => Error(404, "SubscriptionNotFound", $"The subscription '{subscription}' could not be found.");

    public static ArmResponse MissingApiVersion() => Error(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");

    public static ArmResponse InvalidNamespace(string ns) => Error(404, "InvalidResourceNamespace", $"The resource namespace '{ns}' is invalid.");

    public static ArmResponse InvalidType(string type, string apiVersion, IReadOnlyList<string> supported)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        return Error(400, "InvalidResourceType",
            $"The resource type '{type[(slash + 1)..]}' could not be found in the namespace '{type[..slash]}' for api version '{apiVersion}'. The supported api-versions are '{string.Join(',', supported)}'.");
    }

    public static ArmResponse LocationRequired() => Error(400, "LocationRequired", "The location property is required for this definition.");

    public static ArmResponse LocationUnknown(string location, string type, IEnumerable<string> known) => Error(400, "LocationNotAvailableForResourceType",
        $"The provided location '{location}' is not available for resource type '{type}'. List of available regions for the resource type is '{string.Join(',', known)}'.");

    public static ArmResponse LocationChanged(string name, string old, string group, string wanted) => Error(409, "InvalidResourceLocation",
        $"The resource '{name}' already exists in location '{old}' in resource group '{group}'. A resource with the same name cannot be created in location '{wanted}'. Please select a new resource name.");

    public static ArmResponse InvalidContent(string message) => Error(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{message}'.");

    public static ArmResponse InvalidBody(IReadOnlyList<ArmBodyFault> faults)
    {
        var details = new JsonArray([.. faults.Select(fault => new JsonObject
        {
            ["code"] = fault.Kind.ToString(),
            ["target"] = fault.Path,
            ["message"] = fault.Message,
        })]);
        var more = faults.Count == 1 ? "" : $" ({faults.Count} errors, see details)";
        return Error(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{faults[0].Message}'{more}.", faults[0].Path, details);
    }

    public static ArmResponse InvalidName(string type, ArmBodyFault fault) =>
        Error(400, "InvalidResourceName", $"The name of a resource of type '{type}' is not valid. {fault.Message}", "name");

    public static ArmResponse Conflict(string message) => Error(409, "Conflict", message);

    public static ArmResponse PreconditionFailed(string message) => Error(412, "PreconditionFailed", message);

    public static ArmResponse AuthorizationFailed(string appId, string objectId, string action, string scope) => Error(403, "AuthorizationFailed",
        $"The client '{appId}' with object id '{objectId}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.");

    public static ArmResponse LinkedAuthorizationFailed(string appId, string objectId, string action, string scope, string linkedAction, string linkedScope) => Error(403, "LinkedAuthorizationFailed",
        $"The client '{appId}' with object id '{objectId}' has permission to perform action '{action}' on scope '{scope}'; however, it does not have permission to perform action(s) '{linkedAction}' on the linked scope(s) '{linkedScope}' (respectively) or the linked scope(s) are invalid.");

    public static ArmResponse NotRegistered(string ns)
    {
        var message = $"The subscription is not registered to use namespace '{ns}'. See https://aka.ms/rps-not-found for how to register subscriptions.";
        return Error(409, "MissingSubscriptionRegistration", message, details: [new JsonObject { ["code"] = "MissingSubscriptionRegistration", ["target"] = ns, ["message"] = message }]);
    }

    private static string TypeWithoutNamespace(string type) => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
