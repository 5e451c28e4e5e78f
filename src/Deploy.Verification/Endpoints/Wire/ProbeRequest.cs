using System.Text.Json.Nodes;
using Azure.Core;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>One request as a probe sends it.</summary>
internal sealed record ProbeRequest
{
    public required RequestMethod Method { get; init; }

    public required Uri Uri { get; init; }

    /// <summary>Null for GET.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>What is shown to get in; null for a request without any credential.</summary>
    public required Authorization? Authorization { get; init; }

    /// <summary>Headers besides those that every request carries.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is sent to be refused: then a refusal is no reason to ask again.</summary>
    public bool ExpectsRefusal { get; init; }

    public bool WantsStream { get; init; }
}
