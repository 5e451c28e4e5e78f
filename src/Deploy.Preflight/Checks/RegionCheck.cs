using System.Globalization;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Settings;

namespace Deploy.Preflight.Checks;

/// <summary>Whether the region exists in the cloud and offers the serverless models. Settings that contradict the catalog were refused before.</summary>
internal static class RegionCheck
{
    public static IReadOnlyList<PreflightCheck> Run(EnvironmentSettings settings, AzureCatalog catalog)
    {
        var checks = new List<PreflightCheck>();
        if (Location(settings, catalog.Regions) is { } fault)
        {
            checks.Add(fault);
        }

        foreach (var name in settings.Endpoints.Where(pair => pair.Endpoint.Compute == ComputeKind.Serverless).Select(pair => pair.Endpoint.Model).Distinct())
        {
            if (Uncertain(catalog.Models.Find(name), settings) is { } doubt)
            {
                checks.Add(Findings.Unverified(PreflightChecks.Region, PreflightErrors.RegionUncertain.With(doubt)));
            }
        }

        return checks.Count > 0 ? checks : [Findings.Pass(PreflightChecks.Region, $"{settings.Location.Name} offers every serverless model of the settings.")];
    }

    private static PreflightCheck? Location(EnvironmentSettings settings, Regions regions)
    {
        var region = regions.Find(settings.Location);
        if (region is null)
        {
            var near = regions.Suggest(settings.Location.Name);
            return Findings.Warn(
                PreflightChecks.Region,
                PreflightErrors.RegionUnknown.With($"The catalog knows no region '{settings.Location.Name}'.", near.Count == 0 ? null : $"Did you mean {string.Join(" or ", near)}?"));
        }

        var cloud = settings.Cloud switch
        {
            TargetCloud.UsGovernment => "usGovernment",
            TargetCloud.China => "china",
            _ => "public",
        };
        return region.Cloud == cloud
            ? null
            : Findings.Fail(PreflightChecks.Region, PreflightErrors.RegionInOtherCloud.With($"{region.Location.Name} is a region of the cloud '{region.Cloud}', but the settings say '{cloud}'."));
    }

    private static string? Uncertain(CatalogModel? model, EnvironmentSettings settings)
    {
        if (model is null || settings.Cloud == TargetCloud.Local)
        {
            return null;
        }

        if (settings.Cloud != TargetCloud.Public)
        {
            return $"No list of regions of this cloud names {model.Name}.";
        }

        return model.Serverless.CurrentRegions.Count > 0
            ? null
            : $"The newest list of regions{Date(model)} names none for {model.Name}.";
    }

    private static string Date(CatalogModel model) =>
        model.Serverless.Regions.Count == 0 ? string.Empty : $" ({model.Serverless.Regions[^1].AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";
}
