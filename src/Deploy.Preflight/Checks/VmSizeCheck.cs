using Deploy.Environments.Settings;

namespace Deploy.Preflight.Checks;

/// <summary>Whether the region offers the VM sizes of managed compute to this subscription.</summary>
internal static class VmSizeCheck
{
    public static async Task<IReadOnlyList<PreflightCheck>> RunAsync(PreflightRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Settings.Endpoints.Where(pair => pair.Endpoint.Compute == ComputeKind.Managed)
            .Select(pair => pair.Endpoint.InstanceType!)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        if (wanted.Length == 0)
        {
            return [];
        }

        var location = request.Settings.Location;
        if (request.Azure is not { } azure)
        {
            return [Findings.NotAsked(PreflightChecks.VmSize, $"Whether {location.Name} offers {string.Join(", ", wanted)}")];
        }

        var read = await azure.MachineLearning.ListVmSizesAsync(azure.SubscriptionId, location, cancellationToken);
        if (!read.HasValue)
        {
            return [Findings.Unverified(PreflightChecks.VmSize, read.Error)];
        }

        return [.. wanted.Select(size => Judge(size, location.Name, read.Value.FirstOrDefault(offered => string.Equals(offered.Name, size, StringComparison.OrdinalIgnoreCase))))];
    }

    private static PreflightCheck Judge(string size, string location, Azure.MachineLearning.OfferedVmSize? offered) => offered switch
    {
        null => Findings.Fail(PreflightChecks.VmSize, PreflightErrors.VmSizeNotOffered.With($"{location} does not offer {size} to this subscription.")),
        { CarriesOnlineEndpoints: false } => Findings.Fail(
            PreflightChecks.VmSize,
            PreflightErrors.VmSizeNotOffered.With($"{location} offers {size} for {string.Join(", ", offered.SupportedComputeTypes)}, but not for online endpoints (MIR).")),
        _ => Findings.Pass(PreflightChecks.VmSize, $"{location} offers {size}: {offered.VCpus} cores, {offered.Gpus} GPUs."),
    };
}
