using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports;

/// <summary>Renders a report as <c>docs/schemas/verify.schema.json</c> describes it.</summary>
public static class VerificationJson
{
    public const int SchemaVersion = 1;

    /// <summary>The part that stands under <c>verification</c> in the document of <c>deploy up</c>: <c>{ status, endpoints, durationMs }</c>.</summary>
    public static JsonObject ToNode(VerificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new()
        {
            ["status"] = Text(report.Status),
            ["endpoints"] = new JsonArray([.. report.Endpoints.Select(Endpoint)]),
            ["budget"] = report.Budget is { } budget ? Budget(budget) : null,
            ["durationMs"] = Milliseconds(report.Duration),
        };
    }

    /// <summary>The whole document of <c>deploy verify -o json</c>.</summary>
    /// <param name="report">Null when nothing was verified, because an error came first.</param>
    /// <param name="error">The error the command ends with; null takes the one the report implies.</param>
    /// <param name="result"><c>succeeded</c>, <c>failed</c>, <c>cancelled</c> or <c>refused</c>; null for succeeded without an error and failed with one.</param>
    public static JsonObject ToDocument(VerificationReport? report, DeployError? error = null, string? result = null)
    {
        error ??= report?.ToError();
        var document = new JsonObject
        {
            ["schemaVersion"] = SchemaVersion,
            ["result"] = result ?? (error is null ? "succeeded" : "failed"),
            ["error"] = error is null ? null : Error(error),
        };
        var part = report is null
            ? new JsonObject { ["status"] = null, ["endpoints"] = new JsonArray(), ["budget"] = null, ["durationMs"] = 0 }
            : ToNode(report);
        foreach (var (name, value) in part.ToArray())
        {
            part.Remove(name);
            document[name] = value;
        }

        return document;
    }

    /// <summary>A status as reports spell it: <c>pass</c>, <c>warn</c>, <c>fail</c>, <c>skip</c>, <c>inconclusive</c>.</summary>
    public static string Text(CheckStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>Every status with its number.</summary>
    internal static JsonObject Counts(StatusCounts counts)
    {
        var node = new JsonObject { ["total"] = counts.Total };
        foreach (var (status, number) in counts.InOrder())
        {
            node[Text(status)] = number;
        }

        return node;
    }

    /// <summary>A dialect as reports spell it: <c>azure-inference</c>, <c>openai-v1</c>, <c>both</c>, <c>none</c>.</summary>
    public static string Text(EndpointDialect dialect) => dialect switch
    {
        EndpointDialect.AzureInference => "azure-inference",
        EndpointDialect.OpenAIV1 => "openai-v1",
        EndpointDialect.Both => "both",
        _ => "none",
    };

    /// <summary>A compute as settings and reports spell it: <c>serverless</c>, <c>managed</c>.</summary>
    public static string Text(ComputeKind compute) => JsonNamingPolicy.CamelCase.ConvertName(compute.ToString());

    private static JsonObject Endpoint(EndpointReport report) => new()
    {
        ["name"] = report.Name,
        ["project"] = report.Project,
        ["uri"] = report.Uri?.AbsoluteUri.TrimEnd('/'),
        ["model"] = report.Model,
        ["compute"] = Text(report.Compute),
        ["status"] = Text(report.Status),
        ["dialect"] = Text(report.Dialect),
        ["checks"] = new JsonArray([.. report.Checks.Select(Check)]),
        ["latency"] = report.Latency is { } latency ? Latency(latency) : null,
        ["cost"] = new JsonObject { ["requests"] = report.Cost.Requests, ["tokens"] = report.Cost.Tokens },
        ["durationMs"] = Milliseconds(report.Duration),
    };

    private static JsonObject Check(CheckReport check) => new()
    {
        ["id"] = check.Id.Value,
        ["status"] = Text(check.Status),
        ["code"] = check.Code,
        ["message"] = check.Message,
        ["suggestion"] = check.Suggestion,
        ["durationMs"] = Milliseconds(check.Duration),
        ["evidence"] = new JsonObject(check.Evidence.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value.DeepClone()))),
    };

    private static JsonObject Latency(LatencyReport latency)
    {
        var node = new JsonObject();
        foreach (var (name, time) in latency.Measures())
        {
            node[name] = Milliseconds(time);
        }

        if (latency.Samples is { } samples)
        {
            node["repeated"] = Repeated(samples);
        }

        return node;
    }

    private static JsonObject Budget(BudgetReport budget) => new()
    {
        ["requests"] = budget.Requests,
        ["maxRequests"] = budget.MostRequests,
        ["tokens"] = budget.Tokens,
        ["maxTokens"] = budget.MostTokens,
        ["timeMs"] = Milliseconds(budget.Time),
        ["maxTimeMs"] = Milliseconds(budget.MostTime),
    };

    private static JsonObject Repeated(LatencySamples samples)
    {
        var node = new JsonObject { ["asked"] = samples.Asked, ["answered"] = samples.Answered };
        foreach (var (name, times) in samples.Measures())
        {
            node[name] = Percentiles.Of(times) is not { } percentiles ? null : new JsonObject
            {
                ["p50"] = Milliseconds(percentiles.P50),
                ["p90"] = Milliseconds(percentiles.P90),
                ["p99"] = Milliseconds(percentiles.P99),
                ["samples"] = new JsonArray([.. times.Select(time => Milliseconds(time))]),
            };
        }

        return node;
    }

    private static JsonObject Error(DeployError error) => new()
    {
        ["code"] = error.Code,
        ["message"] = error.Message,
        ["suggestion"] = error.Suggestion,
        ["help"] = error.Help,
        ["retryable"] = error.Retryable,
    };

    // One decimal: fine enough for loopback, coarse enough to read.
    private static JsonValue? Milliseconds(TimeSpan? time) => time is { } value ? JsonValue.Create(Math.Round(value.TotalMilliseconds, 1)) : null;
}
