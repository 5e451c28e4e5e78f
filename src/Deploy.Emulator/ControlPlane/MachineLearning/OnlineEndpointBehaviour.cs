using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Online endpoints: identity, names, traffic.</summary>
internal sealed class OnlineEndpointBehaviour : ResourceBehaviour
{
    private static readonly string[] AuthModes = ["Key", "AMLToken", "AADToken"];

    private static readonly string[] Providers = ["Microsoft.Cdn", "Microsoft.PolicyInsights"];

    public override string Type => ResourceTypes.OnlineEndpoint;

    public override DateTimeOffset? ExpiresAt(StoredResource resource) => SharedQuota.EndOf(resource, resource.CreatedAt);

    public override AsyncStyle CreateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle UpdateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override string StatusSegment => "mfeOperationsStatus";

    public override ArmResponse? Check(WriteContext write)
    {
        if (EndpointName.Fault(write.Name, write.Cloud, "Endpoint") is { } name)
        {
            return ArmErrors.BadRequest(name);
        }

        if ((string?)write.Body["identity"]?["type"] is null or "None")
        {
            return ArmErrors.BadRequest("An online endpoint needs an identity: give 'identity' with the type SystemAssigned or UserAssigned.");
        }

        if (!AuthModes.Contains(write.Text("authMode"), StringComparer.OrdinalIgnoreCase))
        {
            return ArmErrors.BadRequest($"The authMode '{write.Text("authMode")}' is not supported; supported are {string.Join(", ", AuthModes)}.");
        }

        return CheckProviders(write) ?? SharedQuota.Check(write) ?? CheckPlace(write) ?? CheckTraffic(write, "traffic", total => total is 0 or 100, "must sum up to 0 or 100")
            ?? CheckTraffic(write, "mirrorTraffic", total => total <= 50, "must not exceed 50");
    }

    public override void Complete(WriteContext write)
    {
        write.Default("traffic", new JsonObject());
        write.Default("mirrorTraffic", new JsonObject());
        write.Default("publicNetworkAccess", "Enabled");
        write.Properties.Remove("keys");
    }

    public override OperationFailure Failure(string code, string reason, int status) => DeploymentFailure.Of(code, reason, status);

    // The service assigns the roles of a new system-assigned identity itself, which the subscription must have room for.
    public override OperationFailure? FailureOf(StoredResource resource, Cloud cloud)
    {
        var isNew = (string?)resource.Properties["provisioningState"] == "Creating" && ((string?)resource.Body["identity"]?["type"])?.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase) == true;
        if (!isNew)
        {
            return null;
        }

        var limit = cloud.Quotas.RoleAssignments ?? cloud.Catalog.Limits.RoleAssignmentsPerSubscription;
        return cloud.Store.CountOfTypeIn(ResourceTypes.RoleAssignment, "") >= limit
            ? DeploymentFailure.Of("OutOfQuota", $"The role assignment limit of the subscription is reached: allowed are {limit}.")
            : null;
    }

    public override void Stored(WriteContext write) =>
        EndpointKeys.Ensure(write.Cloud, write.Id, (string?)write.Wanted["keys"]?["primaryKey"], (string?)write.Wanted["keys"]?["secondaryKey"]);

    public override JsonObject Present(StoredResource resource, Cloud cloud)
    {
        var body = resource.Body.DeepClone().AsObject();
        var root = cloud.DataPlane("online", resource);
        body["properties"]!["scoringUri"] = root + "/score";
        body["properties"]!["swaggerUri"] = root + "/swagger.json";
        return body;
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud)
    {
        var usesKeys = string.Equals((string?)resource.Properties["authMode"], "Key", StringComparison.OrdinalIgnoreCase);
        switch (action.ToLowerInvariant())
        {
            case "listkeys":
                return usesKeys ? ArmResponse.Ok(EndpointKeys.Show(cloud, resource.Id)) : ArmErrors.BadRequest($"The endpoint '{resource.Name}' does not use keys: its authMode is {resource.Properties["authMode"]}.");
            case "regeneratekeys":
                return EndpointKeys.Regenerate(cloud, resource.Id, body) ?? new ArmResponse(200).AsWrite();
            case "token":
                return usesKeys ? ArmErrors.BadRequest($"The endpoint '{resource.Name}' uses keys: its authMode is Key.") : ArmResponse.Ok(Token(resource, cloud));
            default:
                return null;
        }
    }

    private static JsonObject Token(StoredResource endpoint, Cloud cloud)
    {
        var (token, lifetime) = cloud.Tokens.Issue(TokenService.MachineLearning, endpoint.Id);
        return new JsonObject
        {
            ["accessToken"] = token,
            ["tokenType"] = "Bearer",
            ["expiryTimeUtc"] = (cloud.Now + lifetime).ToUnixTimeSeconds(),
            ["refreshAfterTimeUtc"] = (cloud.Now + (lifetime / 2)).ToUnixTimeSeconds(),
        };
    }

    // Managed endpoints need providers that nothing else here does; the message is Azure's, placeholders included.
    private static ArmResponse? CheckProviders(WriteContext write) => Providers.All(write.Cloud.Providers.IsRegistered)
        ? null
        : ArmErrors.Error(400, "SubscriptionNotRegistered", "Resource provider [N/A] isn't registered with Subscription [N/A]. Please see troubleshooting guide, available here: https://aka.ms/register-resource-provider", details: [], additionalInfo: []);

    private static ArmResponse? CheckPlace(WriteContext write)
    {
        if (write.Cloud.Store.Get(write.Path.ParentId) is { } workspace && workspace.Location != write.Location)
        {
            return ArmErrors.BadRequest($"The endpoint must be in the location of its workspace, '{workspace.Location}', but is in '{write.Location}'.");
        }

        if (write.Cloud.Store.Find(ResourceTypes.OnlineEndpoint, write.Location, write.Name) is { } other && other.Key != ArmPath.KeyOf(write.Id))
        {
            return ArmErrors.BadRequest($"There is already an endpoint with this name, endpoint name needs to be unique within a region: '{write.Name}' in {write.Location}.");
        }

        var limit = write.Cloud.Quotas.EndpointsPerRegion ?? write.Cloud.Catalog.Limits.Managed.EndpointsPerSubscriptionAndRegion;
        return RegionLimit.Check(write, ResourceTypes.OnlineEndpoint, "online endpoints", limit);
    }

    private static ArmResponse? CheckTraffic(WriteContext write, string property, Func<long, bool> isAllowed, string rule)
    {
        if (write.Wanted[property] is not JsonObject traffic)
        {
            return null;
        }

        var deployments = write.Cloud.Store.OfTypeBelow(ResourceTypes.OnlineDeployment, write.Id).Select(deployment => deployment.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = traffic.Select(pair => pair.Key).Where(name => !deployments.Contains(name)).ToList();
        if (unknown.Count > 0)
        {
            return ArmErrors.BadRequest($"The property '{property}' names deployments that do not exist: {string.Join(", ", unknown)}.");
        }

        var values = traffic.Select(pair => pair.Value is JsonValue value && value.TryGetValue<long>(out var percent) ? percent : -1).ToList();
        return values.All(percent => percent is >= 0 and <= 100) && isAllowed(values.Sum())
            ? null
            : ArmErrors.BadRequest($"The percentages in '{property}' {rule}, each from 0 to 100; the sum is {values.Sum()}.");
    }
}

/// <summary>The rule for names of online endpoints and deployments.</summary>
internal static partial class EndpointName
{
    public static string? Fault(string name, Cloud cloud, string what)
    {
        var length = cloud.Catalog.Limits.EndpointNameLength;
        return name.Length >= length.Minimum && name.Length <= length.Maximum && Pattern().IsMatch(name)
            ? null
            : $"{what} name '{name}' is not valid: it must begin with a letter, consist of letters, digits and single dashes, end with a letter or digit, and have {length.Minimum} to {length.Maximum} characters.";
    }

    [GeneratedRegex("^[A-Za-z](-?[A-Za-z0-9])*$")]
    private static partial Regex Pattern();
}
