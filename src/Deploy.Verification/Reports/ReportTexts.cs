using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Verification.Quota;

namespace Deploy.Verification.Reports;

/// <summary>Passes every text of a report through a function, so that no format has to remember which texts there are.</summary>
public static class ReportTexts
{
    // An id all by itself could be one of a request, which is kept.
    private const string Subscriptions = "/subscriptions/";

    /// <summary>The same report with other texts; names of evidence, codes and error definitions are the toolkit's own and stay.</summary>
    public static RunReport Map(RunReport report, Func<string, string> change)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report with
        {
            Stack = Map(report.Stack, change),
            Errors = [.. report.Errors.Select(error => Map(error, change))],
            Verification = report.Verification is { } verification ? Map(verification, change) : null,
            NotVerified = report.NotVerified is { } missing ? missing with { Reason = change(missing.Reason) } : null,
            Quota = report.Quota is { } quota ? Map(quota, change) : null,
            Comparison = report.Comparison?.Map(change),
            History = [.. report.History.Select(run => run.Map(change))],
            Sources = Keyed(report.Sources.Select(item => KeyValuePair.Create(change(item.Key), item.Value))),
        };
    }

    private static VerificationReport Map(VerificationReport report, Func<string, string> change) =>
        report with { Endpoints = [.. report.Endpoints.Select(endpoint => Map(endpoint, change))] };

    private static EndpointReport Map(EndpointReport endpoint, Func<string, string> change) => endpoint with
    {
        Name = change(endpoint.Name),
        Project = Map(endpoint.Project, change),
        Uri = endpoint.Uri is { } uri && Uri.TryCreate(change(uri.AbsoluteUri), UriKind.Absolute, out var changed) ? changed : null,
        Model = Map(endpoint.Model, change),
        Checks = [.. endpoint.Checks.Select(check => Map(check, change))],
    };

    private static CheckReport Map(CheckReport check, Func<string, string> change) => check with
    {
        Message = change(check.Message),
        Suggestion = Map(check.Suggestion, change),
        Evidence = Keyed(check.Evidence.Select(item => KeyValuePair.Create(change(item.Key), Map(item.Value, change)))),
    };

    private static JsonValue Map(JsonValue value, Func<string, string> change) =>
        value.GetValueKind() == JsonValueKind.String ? JsonValue.Create(change(value.GetValue<string>())) : value;

    private static DeployError Map(DeployError error, Func<string, string> change) => error with
    {
        Message = change(error.Message),
        Suggestion = Map(error.Suggestion, change),
        Detail = Map(error.Detail, change),
        CorrelationId = Map(error.CorrelationId, change),
    };

    private static QuotaReport Map(QuotaReport report, Func<string, string> change) => report with
    {
        Rows = [.. report.Rows.Select(row => Map(row, change))],
        Stacks = [.. report.Stacks.Select(change)],
        Orphans = report.Orphans?.Select(orphan => orphan with { ResourceId = change(orphan.ResourceId), Location = Map(orphan.Location, change) }).ToList(),
        OrphansReason = Map(report.OrphansReason, change),
    };

    private static QuotaReportRow Map(QuotaReportRow row, Func<string, string> change) => row with
    {
        Scope = change(row.Scope),
        SubscriptionId = row.SubscriptionId is { } id ? change(Subscriptions + id)[Subscriptions.Length..] : null,
        Holders = [.. row.Holders.Select(holder => holder with { Name = change(holder.Name) })],
        Location = change(row.Location),
        Family = Map(row.Family, change),
        Reason = Map(row.Reason, change),
        Consumers = [.. row.Consumers.Select(change)],
    };

    // Two names may become one.
    private static Dictionary<string, T> Keyed<T>(IEnumerable<KeyValuePair<string, T>> items) =>
        items.GroupBy(item => item.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    private static string? Map(string? text, Func<string, string> change) => text is null ? null : change(text);
}
