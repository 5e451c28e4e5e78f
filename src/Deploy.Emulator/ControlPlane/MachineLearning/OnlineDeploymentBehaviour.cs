using System.Text.Json.Nodes;
using Deploy.Catalog;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Deployments on managed compute: model, VM size, quota with its reserve.</summary>
internal sealed class OnlineDeploymentBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.OnlineDeployment;

    public override AsyncStyle CreateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle UpdateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override string StatusSegment => "mfeOperationsStatus";

    public override ArmResponse? Check(WriteContext write)
    {
        var endpoint = write.Cloud.Store.Get(write.Path.ParentId)!;
        if (write.Cloud.Store.RunningOperation(endpoint.Id) is not null)
        {
            return ArmErrors.Conflict($"Cannot create a deployment in endpoint {endpoint.Name} because it is in {endpoint.Properties["provisioningState"]} provisioning state.");
        }

        if (EndpointName.Fault(write.Name, write.Cloud, "Deployment") is { } name)
        {
            return ArmErrors.BadRequest(name);
        }

        if (!string.Equals(write.Text("endpointComputeType"), "Managed", StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.NotSupported($"deployments with endpointComputeType '{write.Text("endpointComputeType")}'");
        }

        return CheckModel(write) ?? CheckInstances(write, endpoint);
    }

    public override OperationFailure Failure(string code, string reason, int status) => DeploymentFailure.Of(code, reason, status);

    public override OperationFailure? FailureOf(StoredResource resource, Cloud cloud) => new DeploymentStart(cloud, resource).Failure();

    public override void Complete(WriteContext write)
    {
        write.Resource["sku"] ??= new JsonObject { ["name"] = "Default", ["capacity"] = 1 };
        write.Default("scaleSettings", new JsonObject { ["scaleType"] = "Default" });
        write.Default("egressPublicNetworkAccess", "Enabled");
    }

    public override ArmResponse? CheckDelete(StoredResource resource, Cloud cloud)
    {
        var endpoint = cloud.Store.Get(ArmPath.OfId(resource.Id).ParentId);
        var share = (endpoint?.Properties["traffic"] as JsonObject)?.FirstOrDefault(pair => pair.Key.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)).Value?.GetValue<int>() ?? 0;
        return share == 0 ? null : ArmErrors.BadRequest($"Cannot delete the deployment '{resource.Name}': it gets {share} % of the traffic of the endpoint '{endpoint!.Name}'. Set its traffic to 0 first.");
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) =>
        action.Equals("getLogs", StringComparison.OrdinalIgnoreCase)
            ? ArmResponse.Ok(new JsonObject { ["content"] = $"Instance status:\nSystemSetup: Succeeded\nUserContainerImagePull: Succeeded\nModelDownload: Succeeded\nUserContainerStart: Succeeded\n\nContainer events:\nKind: Pod, Name: local, Type: Normal, the local model stands in for {resource.Properties["model"]}\n" })
            : null;

    public override IEnumerable<JsonNode>? Listed(string list, StoredResource resource, Cloud cloud) => !list.Equals("skus", StringComparison.OrdinalIgnoreCase) ? null :
    [
        new JsonObject
        {
            ["resourceType"] = Type,
            ["sku"] = new JsonObject { ["name"] = "Default", ["tier"] = "Standard" },
            ["capacity"] = new JsonObject { ["default"] = 1, ["minimum"] = 1, ["maximum"] = cloud.Catalog.Limits.Managed.InstancesPerDeployment, ["scaleType"] = "Automatic" },
        },
    ];

    private static ArmResponse? CheckModel(WriteContext write)
    {
        if (write.Text("model") is not { Length: > 0 } modelId)
        {
            return ArmErrors.BadRequest("The property 'model' is required.");
        }

        if (ModelOffer.CheckManaged(write.Cloud, modelId, write.Location, out var model) is { } refused)
        {
            return refused;
        }

        var instanceType = write.Text("instanceType") ?? "";
        if (write.Cloud.Catalog.VmSizes.Find(instanceType) is null)
        {
            return ArmErrors.BadRequest($"The instance type '{instanceType}' is not supported for online deployments.");
        }

        return model?.Managed.Allows(instanceType) == false
            ? ArmErrors.BadRequest($"The instance type '{instanceType}' is not allowed for the model {model.Name}; allowed are {string.Join(", ", model.Managed.InstanceTypes)}.")
            : null;
    }

    private static ArmResponse? CheckInstances(WriteContext write, StoredResource endpoint)
    {
        var limits = write.Cloud.Catalog.Limits.Managed;
        var instances = InstancesOf(write.Body);
        if (instances < 1 || instances > limits.InstancesPerDeployment)
        {
            return ArmErrors.BadRequest($"The sku capacity is {instances}; allowed are 1 to {limits.InstancesPerDeployment} instances.");
        }

        var limit = write.Cloud.Quotas.DeploymentsPerRegion ?? limits.DeploymentsPerSubscriptionAndRegion;
        if (RegionLimit.Check(write, ResourceTypes.OnlineDeployment, "online deployments", limit) is { } refused)
        {
            return refused;
        }

        var siblings = write.Cloud.Store.OfTypeBelow(ResourceTypes.OnlineDeployment, endpoint.Id).Count(deployment => deployment.Key != ArmPath.KeyOf(write.Id));
        if (siblings >= limits.DeploymentsPerEndpoint)
        {
            return ArmErrors.Error(400, "OutOfQuota", $"The endpoint has {siblings} deployments; allowed are {limits.DeploymentsPerEndpoint}.");
        }

        if (SharedQuota.IsUsedBy(endpoint) || (write.Existing is not null && instances <= InstancesOf(write.Existing.Body)))
        {
            return null;
        }

        var size = write.Cloud.Catalog.VmSizes.Find(write.Text("instanceType")!)!;
        var workspace = ArmPath.OfId(endpoint.Key).ParentId;
        return CheckQuota(write, size, instances, write.Cloud.Quotas.LimitOf(write.Location, size), below: null)
            ?? (WorkspaceQuota.LimitOf(write.Cloud, workspace, size) is { } share ? CheckQuota(write, size, instances, share, workspace) : null);
    }

    private static ArmResponse? CheckQuota(WriteContext write, VmSize size, int instances, int limit, string? below)
    {
        var usage = Usage.Of(write.Cloud, write.Location, except: ArmPath.KeyOf(write.Id), below).GetValueOrDefault(size.FamilyKey);
        var needed = write.Cloud.Catalog.Limits.Managed.CoresNeeded(size, instances);
        if (usage + needed <= limit)
        {
            return null;
        }

        var inner = new JsonObject
        {
            ["errors"] = new JsonObject
            {
                ["VmSize"] = new JsonArray($"Not enough quota available for {size.Name} in SubscriptionId {write.Cloud.Identity.SubscriptionId}. Current usage/limit: {usage}/{limit}. Additional needed: {needed} Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota"),
            },
            ["type"] = "https://tools.ietf.org/html/rfc7231#section-6.5.1",
            ["title"] = "One or more validation errors occurred.",
            ["status"] = 400,
            ["traceId"] = $"00-{Guid.NewGuid():N}-{Guid.NewGuid().ToString("N")[..16]}-01",
        };
        return ArmErrors.Error(400, "BadRequest", "The request is invalid.", details:
        [
            new JsonObject { ["code"] = "InferencingClientCreateDeploymentFailed", ["message"] = $"InferencingClient HttpRequest error, error detail: {inner.ToJsonString(Texts.Relaxed)}" },
        ]);
    }

    public static int InstancesOf(JsonObject body) => body["sku"]?["capacity"] is JsonValue value && value.TryGetValue<int>(out var capacity) ? capacity : 1;
}
