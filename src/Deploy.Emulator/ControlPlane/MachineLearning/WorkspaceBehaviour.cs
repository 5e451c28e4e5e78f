using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Hubs, projects and plain workspaces.</summary>
internal sealed class WorkspaceBehaviour : ResourceBehaviour
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);
    private static readonly string[] Inherited = ["storageAccount", "keyVault", "applicationInsights", "containerRegistry"];
    private static readonly string[] Demanded = ["storageAccount", "keyVault"];
    private static readonly (string Property, string Type)[] Dependencies =
    [
        ("storageAccount", ResourceTypes.StorageAccount), ("keyVault", ResourceTypes.Vault), ("applicationInsights", ResourceTypes.Component), ("containerRegistry", ResourceTypes.Registry),
    ];

    public override string Type => ResourceTypes.Workspace;

    public override AsyncStyle CreateStyle => AsyncStyle.Location;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override string StatusSegment => "workspaceOperationsStatus";

    public override TimeSpan? SoftDeleteFor(StoredResource resource) => Retention;

    public override ArmResponse? Check(WriteContext write)
    {
        if (write.Deleted is not null && !Recovers(write))
        {
            return ArmErrors.BadRequest("Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete");
        }

        return CheckDependencies(write) ?? (IsKind(write.Body, "Project") ? CheckProject(write) : CheckOwner(write));
    }

    public override void Complete(WriteContext write)
    {
        var properties = write.Properties;
        write.Resource["kind"] ??= "Default";
        write.Resource["sku"] ??= new JsonObject { ["name"] = "Basic", ["tier"] = "Basic" };
        properties.Remove("allowRecoverSoftDeletedWorkspace");
        write.Keep("workspaceId", () => Guid.NewGuid().ToString());
        properties["tenantId"] = write.Cloud.Identity.TenantId;
        properties["storageHnsEnabled"] = false;
        properties["mlFlowTrackingUri"] = $"azureml://{write.Location}.api.azureml.ms/mlflow/v1.0{write.Id}";
        write.Default("discoveryUrl", $"https://{write.Location}.api.azureml.ms/discovery");
        write.Default("publicNetworkAccess", "Enabled");
        write.Default("friendlyName", write.Name);
        write.Default("hbiWorkspace", false);
        ManagedNetwork.Complete(write);
        if (IsKind(write.Body, "Project") && write.Cloud.Store.Get(write.Text("hubResourceId")!) is { } hub)
        {
            foreach (var name in Inherited)
            {
                properties[name] ??= hub.Properties[name]?.DeepClone();
            }
        }
    }

    public override JsonObject Present(StoredResource resource, Cloud cloud)
    {
        if (!IsKind(resource.Body, "Hub"))
        {
            return resource.Body;
        }

        var body = resource.Body.DeepClone().AsObject();
        body["properties"]!["associatedWorkspaces"] = new JsonArray([.. Projects(resource, cloud).Select(project => JsonValue.Create(project.Id))]);
        return body;
    }

    public override IEnumerable<StoredResource> AlsoDeleted(StoredResource resource, Cloud cloud) => IsKind(resource.Body, "Hub") ? Projects(resource, cloud) : [];

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) => action.ToLowerInvariant() switch
    {
        "listkeys" => ArmResponse.Ok(Keys(resource, cloud)),
        "provisionmanagednetwork" => ManagedNetwork.Provision(resource, body, cloud),
        "resynckeys" => new ArmResponse(200).AsWrite(),
        "diagnose" => ArmResponse.Ok(new JsonObject { ["value"] = new JsonObject() }),
        _ => null,
    };

    private static JsonObject Keys(StoredResource workspace, Cloud cloud)
    {
        var storage = (string?)workspace.Properties["storageAccount"];
        var insights = (string?)workspace.Properties["applicationInsights"];
        return new JsonObject
        {
            ["userStorageKey"] = storage is null ? null : cloud.Store.Secret(storage, "key1"),
            ["userStorageArmId"] = storage,
            ["appInsightsInstrumentationKey"] = insights is null ? null : cloud.Store.Get(insights)?.Properties["InstrumentationKey"]?.DeepClone(),
        };
    }

    private static ArmResponse? CheckProject(WriteContext write)
    {
        if (write.Text("hubResourceId") is not { Length: > 0 } hubId)
        {
            return ArmErrors.BadRequest("A workspace of kind 'Project' needs the property 'hubResourceId'.");
        }

        if (write.Cloud.Store.Get(hubId) is not { } hub || !IsKind(hub.Body, "Hub"))
        {
            return ArmErrors.BadRequest($"The hub '{hubId}' of project '{write.Name}' could not be found.");
        }

        if (write.Existing?.Properties["hubResourceId"] is { } before && !string.Equals((string?)before, hubId, StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.BadRequest("The property 'hubResourceId' cannot be changed after the project was created.");
        }

        return hub.Location == write.Location ? null : ArmErrors.BadRequest($"The project must be in the location of its hub, '{hub.Location}', but is in '{write.Location}'.");
    }

    private static ArmResponse? CheckOwner(WriteContext write)
    {
        var missing = Demanded.Where(name => write.Text(name) is not { Length: > 0 }).ToList();
        return missing.Count == 0 || IsKind(write.Body, "FeatureStore") ? null : ArmErrors.BadRequest($"Missing dependent resources in workspace json: {string.Join(", ", missing)}.");
    }

    private static ArmResponse? CheckDependencies(WriteContext write)
    {
        foreach (var (property, type) in Dependencies)
        {
            if (write.Text(property) is not { Length: > 0 } id)
            {
                continue;
            }

            if (write.Cloud.Store.Get(id) is not { } found || !found.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                return ArmErrors.BadRequest($"The resource '{id}' given as '{property}' could not be found, or is not of type '{type}'.");
            }

            if (property == "storageAccount" && StorageFault(found) is { } fault)
            {
                return ArmErrors.BadRequest($"The storage account '{found.Name}' cannot be used by a workspace: {fault}.");
            }
        }

        return null;
    }

    private static string? StorageFault(StoredResource storage) =>
        (string?)storage.Body["kind"] is "BlobStorage" ? "its kind is BlobStorage"
        : ((string?)storage.Body["sku"]?["name"])?.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) == true ? "its performance is Premium"
        : storage.Properties["isHnsEnabled"] is JsonValue hns && hns.TryGetValue<bool>(out var isOn) && isOn ? "its hierarchical namespace is enabled"
        : null;

    // A text in some api-versions, a truth value in others.
    private static bool Recovers(WriteContext write) => bool.TryParse(write.Wanted["allowRecoverSoftDeletedWorkspace"]?.ToString(), out var isWanted) && isWanted;

    private static IEnumerable<StoredResource> Projects(StoredResource hub, Cloud cloud) =>
        cloud.Store.OwnedBy(ResourceTypes.Workspace, hub.Id);

    private static bool IsKind(JsonObject body, string kind) => body["kind"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Equals(kind, StringComparison.OrdinalIgnoreCase);
}
