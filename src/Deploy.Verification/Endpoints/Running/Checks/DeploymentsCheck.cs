using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Policies;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks each deployment behind a managed endpoint by name, regardless of traffic.</summary>
internal sealed class DeploymentsCheck(Questioning questioning, EndpointContext context)
{
    // A rollout has two; more would take more of the budget than they are worth.
    private const int Most = 5;

    public async Task<IReadOnlyList<DeploymentFinding>> RunAsync(ChatTry basic, CancellationToken cancellationToken)
    {
        var findings = new List<DeploymentFinding>();
        // Whoever is refused or throttled is so for each of them.
        if (context.Target.Compute != ComputeKind.Managed || basic.Exchange.Last.Status is null or (>= 300 and < 400) or 401 or 403 or 407 or 429)
        {
            return findings;
        }

        foreach (var name in context.Target.Deployments.Take(Most))
        {
            var form = new ChatForm(basic.Dialect, "") { Deployment = name };
            var tries = await questioning.AskAgainAsync(basic, form, item => ChatPolicy.Read(item, context), cancellationToken).ConfigureAwait(false);
            findings.Add(new(name, tries.Count == 0
                ? Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask it.")
                : OfMissing(tries[^1], name) ?? OfAnother(tries[^1], name) ?? ChatPolicy.Judge(tries, context)));
        }

        return findings;
    }

    // The gateway names the deployment that answered; one that ignores the header lets traffic decide.
    private static Finding? OfAnother(ChatTry item, string name) =>
        item.Exchange.Last.Response is { Status: 200 } response && response.Header(ChatRequests.DeploymentHeader) is { } said && !string.Equals(said, name, StringComparison.OrdinalIgnoreCase)
            ? Finding.Of(EndpointErrors.DeploymentFailed, $"It was asked for by name, and '{said}' answered.", $"Check that the deployment {name} exists, and that no gateway removes the header {ChatRequests.DeploymentHeader}.")
            : null;

    // Behind the header, 404 is about this deployment and not about traffic.
    private static Finding? OfMissing(ChatTry item, string name) => item.Exchange.Last is { Response: { Status: 404 } response }
        ? Finding.Of(EndpointErrors.DeploymentFailed, $"The endpoint knows no working deployment of this name (404).{ServiceText.Of(response).Quoted}", $"Run `deploy up` to create the deployment {name}, or `deploy refresh` if it was deleted on purpose.")
        : null;
}
