using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Connections: credentials go in, and come out of <c>listsecrets</c> only.</summary>
internal sealed class ConnectionBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.Connection;

    public override int CreatedStatus => 200;

    public override void Complete(WriteContext write)
    {
        write.Properties.Remove("credentials");
        write.Default("isSharedToAll", false);
        write.Default("group", "AzureAI");
        write.Default("createdByWorkspaceArmId", write.Path.ParentId);
    }

    public override void Stored(WriteContext write)
    {
        if (write.Wanted["credentials"] is JsonObject credentials)
        {
            write.Cloud.Store.SetSecret(write.Id, "credentials", credentials.ToJsonString());
        }
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud)
    {
        if (!action.Equals("listsecrets", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var shown = resource.Body.DeepClone().AsObject();
        if (cloud.Store.Secret(resource.Id, "credentials") is { } credentials)
        {
            shown["properties"]!["credentials"] = JsonNode.Parse(credentials);
        }

        return ArmResponse.Ok(shown);
    }
}
