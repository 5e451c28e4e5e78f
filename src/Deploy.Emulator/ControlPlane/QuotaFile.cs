using System.Text.Json;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.ControlPlane;

/// <summary>
/// The local subscription's core limits: <c>quota.json</c> in the store, read with every use. Shape:
/// <c>{ "cores": 480, "total": 2000, "families": { "standardNCADSA100v4Family": 96 }, "locations": { "eastus2": { "standardNCADSA100v4Family": 0 } } }</c>; every part may be left out.
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

    private sealed record Content(int? Cores = null, int? Total = null, Dictionary<string, int>? Families = null, Dictionary<string, Dictionary<string, int>>? Locations = null);
}
