using System.Text.Json.Nodes;

namespace Deploy.Azure.Arm;

/// <summary>What the control plane answered; error statuses are answers too.</summary>
public sealed record ArmResponse
{
    public required int Status { get; init; }

    /// <summary>Header values by name, without regard to case; several values of one name are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The parsed body; null when it is empty or not JSON.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>The start of a body that is not JSON; null otherwise.</summary>
    public string? Text { get; init; }

    /// <summary>The request as sent, for messages: method and path without query.</summary>
    public required string Subject { get; init; }

    /// <summary><c>x-ms-request-id</c>.</summary>
    public string? RequestId => Headers.GetValueOrDefault("x-ms-request-id");

    /// <summary><c>x-ms-correlation-request-id</c>: what a support request needs.</summary>
    public string? CorrelationId => Headers.GetValueOrDefault("x-ms-correlation-request-id");

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The error of an unsuccessful answer, also when the body has none; null when the answer is a success.</summary>
    public ArmError? Error => IsSuccess ? null : ArmError.Parse(Status, Body, Text);
}
