using Deploy.Catalog;
using Deploy.Preflight.Checks;

namespace Deploy.Preflight;

/// <summary>Finds out everything that can be known before anything is touched. Reads only.</summary>
public sealed class PreflightChecker
{
    private readonly AzureCatalog _catalog;
    private readonly TimeProvider _clock;

    /// <param name="catalog">What Azure offers.</param>
    /// <param name="clock">The day that lifecycles are judged on.</param>
    public PreflightChecker(AzureCatalog catalog, TimeProvider clock)
    {
        _catalog = catalog;
        _clock = clock;
    }

    /// <summary>Makes every check; what Azure does not tell is reported as unverified, never thrown.</summary>
    public async Task<PreflightReport> RunAsync(PreflightRequest request, CancellationToken cancellationToken)
    {
        var vmSizes = VmSizeCheck.RunAsync(request, cancellationToken);
        var names = NameCheck.RunAsync(request, cancellationToken);
        var deleted = SoftDeletedCheck.RunAsync(request, cancellationToken);
        var permissions = PermissionCheck.RunAsync(request, cancellationToken);
        var quota = QuotaCheck.RunAsync(request, _catalog, cancellationToken);
        await Task.WhenAll(vmSizes, names, deleted, permissions, quota);
        var (quotaChecks, quotaReport) = await quota;
        return new PreflightReport
        {
            Checks =
            [
                .. LifecycleCheck.Run(request.Settings, _catalog.Models, _clock.GetUtcNow()),
                .. SubscriptionCheck.Run(request),
                .. RegionCheck.Run(request.Settings, _catalog),
                .. await vmSizes,
                .. await names,
                .. await deleted,
                .. await permissions,
                .. quotaChecks,
            ],
            Quota = quotaReport,
        };
    }
}
