using System.Globalization;
using Deploy.Core;
using Deploy.Verification.Endpoints;

namespace Deploy.Verification.Reports;

/// <summary>Says in one error which endpoints and checks made a run fail or inconclusive.</summary>
internal static class VerificationErrorSummary
{
    private const int Named = 5;

    public static DeployError? Of(VerificationReport report)
    {
        if (report.Status is not (CheckStatus.Fail or CheckStatus.Inconclusive))
        {
            return null;
        }

        var affected = report.Endpoints.Where(endpoint => endpoint.Status == report.Status).ToArray();
        var first = affected[0].Checks.FirstOrDefault(check => check.Status == report.Status);
        var (definition, verb) = report.Status == CheckStatus.Fail
            ? (EndpointErrors.VerificationFailed, "failed verification")
            : (EndpointErrors.VerificationInconclusive, "could not be judged");
        var names = string.Join("; ", affected.Take(Named).Select(endpoint => Describe(endpoint, report.Status)));
        var rest = affected.Length > Named ? string.Create(CultureInfo.InvariantCulture, $"; and {affected.Length - Named} more") : "";
        return definition.With($"{affected.Length} of {report.Endpoints.Count} endpoints {verb}: {names}{rest}.", first?.Suggestion);
    }

    private static string Describe(EndpointReport endpoint, CheckStatus status)
    {
        var check = endpoint.Checks.FirstOrDefault(check => check.Status == status);
        return check is null ? $"{endpoint.Name} (no check could run)" : $"{endpoint.Name}: {check.Id} {check.Code}, {check.Message.TrimEnd('.')}";
    }
}
