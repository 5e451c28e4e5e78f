using Azure.Core;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>
/// What one request brought to light: a response, a failure, or both when the response broke off. Facts only; policies judge them.
/// </summary>
internal sealed record ProbeResult
{
    public required ProbeRequest Request { get; init; }

    public ProbeResponse? Response { get; init; }

    public ProbeFailure? Failure { get; init; }

    public required ProbeTimings Timings { get; init; }

    public int? Status => Response?.Status;
}

/// <summary>Times from the moment of sending; null for what did not happen.</summary>
internal sealed record ProbeTimings
{
    /// <summary>Null when a connection stood already, or the transport does not measure it.</summary>
    public TimeSpan? Connect { get; init; }

    public TimeSpan? FirstByte { get; init; }

    public required TimeSpan Total { get; init; }
}

internal sealed record ProbeResponse
{
    private const string NameOfStreams = "text/event-stream";

    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Media type without parameters, in lower case; empty when the response names none.</summary>
    public required string MediaType { get; init; }

    /// <summary>The body as text; of a body over the limit, its beginning.</summary>
    public required string Body { get; init; }

    public required long BodySizeBytes { get; init; }

    public bool BodyTooLarge { get; init; }

    /// <summary>Server-sent events in order; empty for a body that is not an event stream.</summary>
    public IReadOnlyList<StreamEvent> Events { get; init; } = [];

    /// <summary>Whether it is an event stream, by its name or by what is in it.</summary>
    public bool IsEventStream => MediaType == NameOfStreams || Events.Count > 0;

    public bool IsNamedEventStream => MediaType == NameOfStreams;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    public static string MediaTypeOf(ResponseHeaders headers) => (headers.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}

/// <param name="Type">The event's type; <c>message</c> when it names none.</param>
/// <param name="Data">The event's data lines, joined.</param>
/// <param name="At">When it arrived, from the moment of sending.</param>
internal sealed record StreamEvent(string Type, string Data, TimeSpan At);
