using System.Globalization;
using Deploy.Catalog;
using Deploy.Environments;
using Deploy.Environments.Settings;

namespace Deploy.Preflight.Checks;

/// <summary>Shows every model that is on its way out, with its dates and successor.</summary>
internal static class LifecycleCheck
{
    public static IReadOnlyList<PreflightCheck> Run(EnvironmentSettings settings, ModelCatalog models, DateTimeOffset now)
    {
        var findings = LifecycleRule.Evaluate(settings, models, now);
        return findings.Count == 0
            ? [Findings.Pass(PreflightChecks.Lifecycle, $"No model is retired or about to be (catalog of {models.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}).")]
            : [.. findings.Select(finding => finding.IsError ? Findings.Fail(PreflightChecks.Lifecycle, finding.Error) : Findings.Warn(PreflightChecks.Lifecycle, finding.Error))];
    }
}
