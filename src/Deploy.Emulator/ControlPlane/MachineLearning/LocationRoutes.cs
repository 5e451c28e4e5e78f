using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>What Azure Machine Learning answers for a location: usages, quotas, VM sizes.</summary>
internal static class LocationRoutes
{
    /// <summary>Null when the path is about something else.</summary>
    public static ArmResponse? Answer(Cloud cloud, string method, ArmPath path, PageRequest page, JsonObject? body)
    {
        if (path is not { Namespace: { } ns, Trailing: { } list, Pairs: [{ } pair] }
            || !ns.Equals(ResourceTypes.MachineLearning, StringComparison.OrdinalIgnoreCase)
            || !pair.Type.Equals("locations", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var location = Cloud.Normalize(pair.Name);
        return (method, list.ToLowerInvariant()) switch
        {
            ("GET", "usages") => page.Of(Usage.Usages(cloud, location)),
            ("GET", "quotas") => page.Of(Usage.Quotas(cloud, location)),
            ("GET", "vmsizes") => ArmResponse.Ok(new JsonObject { ["value"] = Usage.VmSizes(cloud) }),
            ("POST", "updatequotas") => WorkspaceQuota.Update(cloud, location, body),
            _ => ArmErrors.NotSupported($"{method} locations/{list} of {ns}"),
        };
    }
}
