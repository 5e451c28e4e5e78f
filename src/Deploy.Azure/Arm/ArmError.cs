using System.Text.Json.Nodes;

namespace Deploy.Azure.Arm;

/// <summary>The error envelope of the control plane: <c>{ "error": { "code", "message", "details": [ … ] } }</c>, with or without the outer object.</summary>
public sealed record ArmError
{
    /// <summary>The service's code, such as <c>ResourceNotFound</c>; <c>Http503</c> and the like when it sent none.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>Every nested error, outermost first, without the top one.</summary>
    public IReadOnlyList<ArmError> Details { get; init; } = [];

    /// <summary>Whether this or a nested error has one of the codes (any case).</summary>
    public bool Has(params ReadOnlySpan<string> codes)
    {
        foreach (var code in codes)
        {
            if (string.Equals(Code, code, StringComparison.OrdinalIgnoreCase) || Details.Any(d => string.Equals(d.Code, code, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the error out of a body; an unreadable body gives an error with the status alone.</summary>
    /// <param name="status">HTTP status, used when the body has no code.</param>
    public static ArmError Parse(int status, JsonNode? body, string? text = null)
    {
        var envelope = (body as JsonObject)?["error"] ?? body;
        return FromEnvelope(envelope) ?? new ArmError
        {
            Code = $"Http{status}",
            Message = text ?? (envelope is JsonValue value ? value.ToString() : $"HTTP status {status} without an error document"),
        };
    }

    /// <summary>Reads <c>{ code, message, details }</c>; null when the node is not such an object.</summary>
    public static ArmError? FromEnvelope(JsonNode? envelope)
    {
        if (envelope is not JsonObject error || Text(error, "code") is not { Length: > 0 } code)
        {
            return null;
        }

        var details = new List<ArmError>();
        foreach (var nested in Nested(error))
        {
            details.Add(nested with { Details = [] });
            details.AddRange(nested.Details);
        }

        return new ArmError { Code = code, Message = Text(error, "message") ?? code, Details = details };
    }

    private static IEnumerable<ArmError> Nested(JsonObject error)
    {
        var items = error["details"] as JsonArray ?? [];
        var inner = error["innererror"] ?? error["innerError"];
        return items.Append(inner).Select(FromEnvelope).OfType<ArmError>();
    }

    private static string? Text(JsonObject error, string name) => error[name] is JsonValue value ? value.ToString() : null;
}
