using System.Text.Json.Nodes;

namespace Deploy.Emulator.Protocol;

/// <summary>What one request is answered with.</summary>
internal sealed record ArmResponse(int Status, JsonNode? Body = null)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the request changed the cloud; for the request log.</summary>
    public bool IsWrite { get; init; }

    public bool IsError => Status >= 400;

    public static ArmResponse Ok(JsonNode body) => new(200, body);

    public static ArmResponse NoContent() => new(204);

    public static ArmResponse List(IEnumerable<JsonNode> items) => Ok(new JsonObject { ["value"] = new JsonArray([.. items]) });

    public ArmResponse With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };

    public ArmResponse AsWrite() => this with { IsWrite = true };
}
