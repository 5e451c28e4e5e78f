using System.Text.Json;

namespace Pulumi;

/// <summary>An input that accepts JSON as text, document or element.</summary>
public sealed class InputJson : Input<JsonElement>
{
    /// <summary>An undefined element.</summary>
    public InputJson()
        : this(Output.Create(default(JsonElement)))
    {
    }

    private InputJson(Output<JsonElement> output)
        : base(output)
    {
    }

    /// <summary>JSON text.</summary>
    public static implicit operator InputJson(string json) => new(Output.Create(Parse(json)));

    /// <summary>A JSON document.</summary>
    public static implicit operator InputJson(JsonDocument document) => new(Output.Create(document.RootElement));

    /// <summary>A JSON element.</summary>
    public static implicit operator InputJson(JsonElement element) => new(Output.Create(element));

    /// <summary>Future JSON text.</summary>
    public static implicit operator InputJson(Output<string> json) => new(json.Apply(Parse));

    /// <summary>A future JSON document.</summary>
    public static implicit operator InputJson(Output<JsonDocument> document) => new(document.Apply(known => known.RootElement));

    /// <summary>A future JSON element.</summary>
    public static implicit operator InputJson(Output<JsonElement> element) => new(element);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
