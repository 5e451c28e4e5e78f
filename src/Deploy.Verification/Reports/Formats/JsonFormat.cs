using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Verification.Reports.Comparison;

namespace Deploy.Verification.Reports.Formats;

/// <summary>The report as <c>docs/schemas/report.schema.json</c> describes it: complete, and what <c>--baseline</c> and <c>--history</c> read.</summary>
internal sealed class JsonFormat : IReportFormat
{
    public const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Default };

    public string Kind => "json";

    public string Purpose => "everything, for --baseline, --history and programs";

    public byte[] Render(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Bytes(new JsonObject
        {
            ["schemaVersion"] = SchemaVersion,
            ["command"] = report.Command,
            ["stack"] = report.Stack,
            ["startedAt"] = report.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["result"] = report.Result,
            ["errors"] = new JsonArray([.. report.Errors.Select(Error)]),
            ["totals"] = new JsonObject
            {
                ["endpoints"] = VerificationJson.Counts(report.Endpoints),
                ["checks"] = VerificationJson.Counts(report.Checks),
                ["requests"] = report.Cost.Requests,
                ["tokens"] = report.Cost.Tokens,
            },
            ["verification"] = report.Verification is { } verification ? VerificationJson.ToNode(verification) : null,
            ["notVerified"] = report.NotVerified?.Reason,
            ["quota"] = report.Quota is { } quota ? JsonNode.Parse(quota.ToJson().GetRawText()) : null,
            ["comparison"] = report.Comparison is { } comparison ? Comparison(comparison) : null,
            ["durationMs"] = Math.Round(report.Duration.TotalMilliseconds),
        });
    }

    internal static byte[] Bytes(JsonObject document) => [.. JsonSerializer.SerializeToUtf8Bytes(document, Options), (byte)'\n'];

    private static JsonObject Error(DeployError error) => new()
    {
        ["code"] = error.Code,
        ["message"] = error.Message,
        ["suggestion"] = error.Suggestion,
        ["help"] = error.Help,
        ["retryable"] = error.Retryable,
        ["detail"] = error.Detail,
        ["correlationId"] = error.CorrelationId,
    };

    private static JsonObject Comparison(RunComparison comparison) => new()
    {
        ["baselineStartedAt"] = comparison.BaselineStartedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["differences"] = new JsonArray([.. comparison.Differences.Select(item => new JsonObject
        {
            ["endpoint"] = item.Endpoint,
            ["what"] = item.What,
            ["before"] = item.Before,
            ["now"] = item.Now,
            ["worse"] = item.IsWorse,
        })]),
    };
}
