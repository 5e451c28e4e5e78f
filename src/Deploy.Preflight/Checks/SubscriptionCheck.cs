namespace Deploy.Preflight.Checks;

/// <summary>Compares the settings' subscription with the one that would be deployed into.</summary>
internal static class SubscriptionCheck
{
    public static IReadOnlyList<PreflightCheck> Run(PreflightRequest request)
    {
        var wanted = request.Settings.SubscriptionId;
        if (request.Azure is null)
        {
            return [Findings.NotAsked(PreflightChecks.Subscription, "The signed-in subscription")];
        }

        var actual = request.Azure.SubscriptionId;
        return wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase)
            ? [Findings.Pass(PreflightChecks.Subscription, $"Deploys into subscription {actual}.")]
            : [Findings.Fail(PreflightChecks.Subscription, PreflightErrors.SubscriptionDiffers.With($"The settings name subscription {wanted}, but the signed-in one is {actual}."))];
    }
}
