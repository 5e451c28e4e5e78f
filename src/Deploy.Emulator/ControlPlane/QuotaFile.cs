using System.Text.Json;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.ControlPlane;

/// <summary>
/// The local subscription's limits: <c>quota.json</c> in the store, read with every use. Shape:
/// <c>{ "cores": 480, "total": 2000, "families": { "standardNCADSA100v4Family": 96 }, "models": { "Phi-4": 20 }, "endpoints": 100, "deployments": 500, "roleAssignments": 4000,
/// "locations": { "eastus2": { "standardNCADSA100v4Family": 0, "Phi-4": 5 } } }</c>; every part may be left out.
/// </summary>
internal sealed class QuotaFile(StoreFolder folder)
{
    private const int DefaultCores = 480;
    private const int DefaultTotal = 2000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public int LimitOf(string location, VmSize size)
    {
        var file = Read();
        return Find(file.Locations?.GetValueOrDefault(location), size) ?? Find(file.Families, size) ?? file.Cores ?? DefaultCores;
    }

    public int TotalOf(string location) => Read() is var file && file.Locations?.GetValueOrDefault(location)?.TryGetValue("total", out var total) == true ? total : file.Total ?? DefaultTotal;

    /// <summary>Thousands of tokens a minute that deployments of a model in AI Services accounts may have together in a location; null for no limit.</summary>
    public int? TokensOf(string location, string model) => Read() is var file && Named(file.Locations?.GetValueOrDefault(location), model) is { } here ? here : Named(file.Models, model);

    /// <summary>Online endpoints in a location; null for Azure's limit.</summary>
    public int? EndpointsPerRegion => Read().Endpoints;

    /// <summary>Deployments behind online endpoints in a location; null for Azure's limit.</summary>
    public int? DeploymentsPerRegion => Read().Deployments;

    /// <summary>Role assignments of the subscription; null for Azure's limit.</summary>
    public int? RoleAssignments => Read().RoleAssignments;

    private static int? Named(Dictionary<string, int>? limits, string name) =>
        limits?.Where(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => (int?)pair.Value).FirstOrDefault();

    private static int? Find(Dictionary<string, int>? limits, VmSize size)
    {
        foreach (var (family, limit) in limits ?? [])
        {
            if (VmFamily.Normalize(family) == size.FamilyKey)
            {
                return limit;
            }
        }

        return null;
    }

    private Content Read()
    {
        try
        {
            return File.Exists(folder.Quota) ? JsonSerializer.Deserialize<Content>(File.ReadAllText(folder.Quota), Json) ?? new Content() : new Content();
        }
        catch (JsonException e)
        {
            throw new DeployException(EmulatorErrors.QuotaInvalid.With($"'{folder.Quota}' is not valid: {e.Message}"), e);
        }
    }

    private sealed record Content(
        int? Cores = null,
        int? Total = null,
        int? Endpoints = null,
        int? Deployments = null,
        int? RoleAssignments = null,
        Dictionary<string, int>? Families = null,
        Dictionary<string, int>? Models = null,
        Dictionary<string, Dictionary<string, int>>? Locations = null);
}
