using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.DataPlane.Throttling;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.Hosting.ManagementApi;

/// <summary>What the store holds, as a whole and in parts.</summary>
internal sealed class StoreRoutes(Cloud cloud, SnapshotTables tables, RateLimits rates)
{
    public const int LargestSnapshotBytes = 256 * 1024 * 1024;

    public JsonObject Status(int faults, JsonObject clock) => new()
    {
        ["processId"] = Environment.ProcessId,
        ["resources"] = cloud.Store.Count(),
        ["operations"] = cloud.Store.DueOperations(DateTimeOffset.MaxValue).Count,
        ["faults"] = faults,
        ["clock"] = clock,
        ["upstream"] = cloud.Options.Upstream?.GetLeftPart(UriPartial.Path),
    };

    public void Reset()
    {
        cloud.Store.Exclusively(() =>
        {
            cloud.Store.Clear();
            return true;
        });
        rates.Clear();
    }

    public JsonObject Resources(string? type, string? below, bool withBodies)
    {
        var resources = below is { Length: > 0 } ? cloud.Store.Below(below.TrimEnd('/')) : cloud.Store.Below("");
        return new JsonObject
        {
            ["resources"] = new JsonArray([.. resources.Where(resource => type is not { Length: > 0 } || resource.Type.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(resource =>
            {
                var shown = new JsonObject
                {
                    ["id"] = resource.Id,
                    ["type"] = resource.Type,
                    ["name"] = resource.Name,
                    ["location"] = resource.Location,
                    ["apiVersion"] = resource.ApiVersion,
                    ["provisioningState"] = resource.Properties["provisioningState"]?.DeepClone(),
                };
                if (withBodies)
                {
                    shown["body"] = resource.Body.DeepClone();
                }

                return shown;
            })]),
        };
    }

    /// <summary>Those in progress, by when they end.</summary>
    public JsonObject Operations() => new()
    {
        ["operations"] = new JsonArray([.. cloud.Store.DueOperations(DateTimeOffset.MaxValue).Select(operation => new JsonObject
        {
            ["id"] = operation.Id,
            ["kind"] = operation.Kind.ToString(),
            ["resource"] = operation.ResourceKey,
            ["startedAt"] = Cloud.Iso(operation.StartedAt),
            ["endsAt"] = Cloud.Iso(operation.EndsAt),
            ["status"] = operation.Status,
        })]),
    };

    public JsonObject Snapshot() => cloud.Store.Exclusively(() => tables.Read(cloud.Identity, cloud.Now));

    /// <exception cref="Core.DeployException">DEP6008.</exception>
    public void Restore(JsonObject snapshot)
    {
        cloud.Store.Exclusively(() =>
        {
            tables.Replace(snapshot, cloud.Identity);
            return true;
        });
        rates.Clear();
    }
}
