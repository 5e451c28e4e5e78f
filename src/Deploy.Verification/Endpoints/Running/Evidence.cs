using System.Text.Json.Nodes;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Puts together the facts behind a verdict.</summary>
internal sealed class Evidence
{
    private const int ExcerptLength = 200;
    private static readonly string[] Headers = ["x-request-id", "apim-request-id", "x-ms-error-code", "Retry-After", "ms-azureml-model-error-statuscode", "ms-azureml-model-error-reason"];

    private readonly Dictionary<string, JsonValue> _items = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, JsonValue> Items => _items;

    public static Evidence Of(Exchange exchange)
    {
        var result = exchange.Last;
        var evidence = new Evidence()
            .Add("request", $"{result.Request.Method} {result.Request.Uri.AbsoluteUri}")
            .Add("attempts", exchange.Attempts.Count)
            .Add("totalMs", Math.Round(result.Timings.Total.TotalMilliseconds, 1));
        if (result.Response is not { } response)
        {
            return evidence.Add("failure", result.Failure?.Kind.ToString());
        }

        evidence.Add("httpStatus", response.Status).Add("contentType", response.MediaType).Add("bodyBytes", response.BodySizeBytes);
        foreach (var name in Headers)
        {
            evidence.Add(name.ToLowerInvariant(), response.Header(name));
        }

        return evidence.Add("failure", result.Failure?.Kind.ToString());
    }

    /// <summary>The beginning of the body, for a verdict that the body explains.</summary>
    public Evidence WithBody(ProbeResult result) => Add("body", result.Response is { Body.Length: > 0 } response ? JsonText.Shorten(response.Body, ExcerptLength) : null);

    public Evidence Add(string name, string? value)
    {
        if (value is not null)
        {
            _items[name] = JsonValue.Create(value);
        }

        return this;
    }

    public Evidence Add(string name, long value)
    {
        _items[name] = JsonValue.Create(value);
        return this;
    }

    public Evidence Add(string name, double value)
    {
        _items[name] = JsonValue.Create(value);
        return this;
    }
}
