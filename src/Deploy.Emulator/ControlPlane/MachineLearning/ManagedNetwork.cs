using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>The managed virtual network of a hub or workspace: asked for by its isolation mode, there when it was provisioned. A project has its hub's.</summary>
internal static class ManagedNetwork
{
    /// <summary>The service's own part of <c>managedNetwork</c>: it stays as it is, and begins provisioned only when <c>provisionNetworkNow</c> asks for it.</summary>
    public static void Complete(WriteContext write)
    {
        if (write.Properties["managedNetwork"] is not JsonObject network || !IsIsolated(network))
        {
            return;
        }

        var before = (write.Existing?.Properties ?? write.Deleted?.Body["properties"])?["managedNetwork"] as JsonObject;
        var isProvisioned = IsActive(before) || (write.Wanted["provisionNetworkNow"] is JsonValue now && now.TryGetValue<bool>(out var isWanted) && isWanted);
        network["networkId"] = before?["networkId"]?.DeepClone() ?? Guid.NewGuid().ToString();
        network["status"] = Status(isProvisioned, withSpark: before?["status"]?["sparkReady"]?.GetValue<bool>() == true);
    }

    /// <summary>POST <c>provisionManagedNetwork</c>, body <c>{ includeSpark? }</c>.</summary>
    public static ArmResponse Provision(StoredResource workspace, JsonObject? body, Cloud cloud)
    {
        if (workspace.Properties["managedNetwork"] is not JsonObject network || !IsIsolated(network))
        {
            return ArmErrors.BadRequest($"The workspace '{workspace.Name}' has no managed network of its own: its isolation mode is Disabled, or it is a project and has its hub's.");
        }

        var hasSpark = IsActive(network) && (bool?)network["status"]!["sparkReady"] == true;
        network["status"] = Status(true, hasSpark || (body?["includeSpark"] is JsonValue spark && spark.TryGetValue<bool>(out var isWanted) && isWanted));
        cloud.Store.Put(workspace with { Version = workspace.Version + 1 });
        return ArmResponse.Ok(network["status"]!.DeepClone()).AsWrite();
    }

    /// <summary>Whether deployments may start: there is no managed network, or it is provisioned.</summary>
    public static bool IsReady(StoredResource workspace, Cloud cloud)
    {
        var owner = (string?)workspace.Properties["hubResourceId"] is { } hub ? cloud.Store.Get(hub) ?? workspace : workspace;
        return owner.Properties["managedNetwork"] is not JsonObject network || !IsIsolated(network) || IsActive(network);
    }

    private static bool IsIsolated(JsonObject network) => (string?)network["isolationMode"] is { } mode && !mode.Equals("Disabled", StringComparison.OrdinalIgnoreCase);

    private static bool IsActive(JsonObject? network) => string.Equals((string?)network?["status"]?["status"], "Active", StringComparison.OrdinalIgnoreCase);

    private static JsonObject Status(bool isProvisioned, bool withSpark) => new() { ["status"] = isProvisioned ? "Active" : "Inactive", ["sparkReady"] = isProvisioned && withSpark };
}
