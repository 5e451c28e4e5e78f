using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Serverless endpoints: one per model and project, names unique in the region.</summary>
internal sealed class ServerlessEndpointBehaviour : ResourceBehaviour
{
    private static readonly string[] AuthModes = ["Key", "AAD", "KeyAndAAD"];

    public override string Type => ResourceTypes.ServerlessEndpoint;

    public override AsyncStyle CreateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle UpdateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override string StatusSegment => "mfeOperationsStatus";

    public override ArmResponse? Check(WriteContext write)
    {
        if (ModelOf(write.Body) is not { Length: > 0 } modelId)
        {
            return ArmErrors.UserError("The property 'modelSettings.modelId' is required.");
        }

        if (!AuthModes.Contains(write.Text("authMode"), StringComparer.OrdinalIgnoreCase))
        {
            return ArmErrors.UserError($"The authMode '{write.Text("authMode")}' is not supported; supported are {string.Join(", ", AuthModes)}.");
        }

        return CheckPlace(write) ?? CheckModel(write, modelId) ?? CheckUnique(write, modelId);
    }

    public override void Complete(WriteContext write)
    {
        write.Resource["sku"] ??= new JsonObject { ["name"] = "Consumption" };
        write.Default("contentSafety", new JsonObject { ["contentSafetyStatus"] = "Enabled" });
        write.Properties["endpointState"] = write.Existing is null ? "Creating" : "Online";
        if (Subscription(write.Cloud, write.Path.ParentId, ModelOf(write.Body)!) is { } subscription)
        {
            write.Properties["marketplaceSubscriptionId"] = subscription.Id;
        }
    }

    public override void Stored(WriteContext write) => EndpointKeys.Ensure(write.Cloud, write.Id);

    public override void Settle(JsonObject properties) => properties["endpointState"] = "Online";

    public override void Deleting(JsonObject properties) => properties["endpointState"] = "Deleting";

    public override void Fail(JsonObject properties, OperationKind kind) => properties["endpointState"] = kind == OperationKind.Delete ? "DeletionFailed" : "CreationFailed";

    public override JsonObject Present(StoredResource resource, Cloud cloud)
    {
        var body = resource.Body.DeepClone().AsObject();
        body["properties"]!["inferenceEndpoint"] = new JsonObject { ["uri"] = cloud.DataPlane("serverless", resource), ["headers"] = new JsonObject() };
        return body;
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) => action.ToLowerInvariant() switch
    {
        "listkeys" => ArmResponse.Ok(EndpointKeys.Show(cloud, resource.Id)),
        "regeneratekeys" => EndpointKeys.Regenerate(cloud, resource.Id, body) ?? ArmResponse.Ok(EndpointKeys.Show(cloud, resource.Id)).AsWrite(),
        _ => null,
    };

    public static string? ModelOf(JsonObject body) => body["properties"]?["modelSettings"]?["modelId"] is JsonValue value && value.TryGetValue<string>(out var id) ? id : null;

    private static ArmResponse? CheckPlace(WriteContext write) =>
        write.Cloud.Store.Get(write.Path.ParentId) is { } workspace && workspace.Location != write.Location
            ? ArmErrors.UserError($"The endpoint must be in the location of its workspace, '{workspace.Location}', but is in '{write.Location}'.")
            : null;

    private static ArmResponse? CheckModel(WriteContext write, string modelId)
    {
        if (write.Existing is { } existing && !string.Equals(ModelOf(existing.Body), modelId, StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.UserError("The property 'modelSettings.modelId' cannot be changed after the endpoint was created.");
        }

        if (write.Existing is not null)
        {
            return null;
        }

        if (ModelOffer.CheckServerless(write.Cloud, modelId, write.Location, out var model) is { } refused)
        {
            return refused;
        }

        return model!.NeedsMarketplaceSubscription && Subscription(write.Cloud, write.Path.ParentId, modelId) is null
            ? ArmErrors.UserError($"The workspace has no marketplace subscription for the model '{modelId}', which its publisher {model.Publisher} demands.")
            : null;
    }

    private static ArmResponse? CheckUnique(WriteContext write, string modelId)
    {
        if (write.Cloud.Store.Find(ResourceTypes.ServerlessEndpoint, write.Location, write.Name) is { } other && other.Key != ArmPath.KeyOf(write.Id))
        {
            return ArmErrors.UserError($"Serverless endpoint name '{write.Name}' is not available. Please select a different name.");
        }

        var same = write.Cloud.Store.OfTypeBelow(ResourceTypes.ServerlessEndpoint, write.Path.ParentId)
            .FirstOrDefault(endpoint => endpoint.Key != ArmPath.KeyOf(write.Id) && string.Equals(ModelOf(endpoint.Body), modelId, StringComparison.OrdinalIgnoreCase));
        return same is null ? null : ArmErrors.UserError($"The model {modelId} is already deployed in this project as '{same.Name}'. A project can have one serverless deployment of a model.");
    }

    private static StoredResource? Subscription(Cloud cloud, string workspaceId, string modelId) =>
        cloud.Store.OfTypeBelow(ResourceTypes.MarketplaceSubscription, workspaceId)
            .FirstOrDefault(subscription => string.Equals((string?)subscription.Properties["modelId"], modelId, StringComparison.OrdinalIgnoreCase));
}
