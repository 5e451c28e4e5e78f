using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>What one deployment said when it was asked by name.</summary>
internal sealed record DeploymentFinding(string Name, Finding Finding)
{
    /// <summary>The verdict in a few words.</summary>
    public string Text => Finding.Definition is null ? "answers" : $"{Finding.Definition.Code} {Finding.Message}";
}

/// <summary>Adds what each deployment said to what the endpoint as a whole said: traffic may hide a dead deployment, and a live one may get none.</summary>
internal static class DeploymentPolicy
{
    public static Finding Judge(Finding endpoint, IReadOnlyList<DeploymentFinding> deployments)
    {
        if (deployments.Count == 0)
        {
            return endpoint;
        }

        if (endpoint.Status is CheckStatus.Fail or CheckStatus.Inconclusive)
        {
            return endpoint.Append($"Asked by name: {string.Join("; ", deployments.Select(item => $"{item.Name} {(item.Finding.Status is CheckStatus.Pass or CheckStatus.Warn ? "answers" : $"does not answer rightly ({item.Finding.Definition!.Code})")}"))}.");
        }

        return First(deployments, CheckStatus.Fail) is { } dead ? Finding.Of(EndpointErrors.DeploymentFailed, $"The endpoint answers, but its deployment '{dead.Name}' does not work: {dead.Finding.Message}", dead.Finding.Suggestion)
            : First(deployments, CheckStatus.Inconclusive) is { } open ? Finding.Of(EndpointErrors.DeploymentUnclear, $"The endpoint answers; its deployment '{open.Name}' could not be judged: {open.Finding.Message}", open.Finding.Suggestion)
            : endpoint.Append(deployments.Count == 1 ? "Its deployment answers by name as well." : $"Each of its {deployments.Count} deployments answers by name as well.");
    }

    private static DeploymentFinding? First(IReadOnlyList<DeploymentFinding> deployments, CheckStatus status) => deployments.FirstOrDefault(item => item.Finding.Status == status);
}
