using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane;

/// <summary>A chat completion as the client asked for it, already checked.</summary>
internal sealed record ChatRequest
{
    /// <summary>As the model gets them: where it knows no system role, system messages have become the user's.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Null when the client names no limit.</summary>
    public int? MaxTokens { get; init; }

    public required IReadOnlyList<string> Stop { get; init; }

    public bool Streams { get; init; }

    /// <summary>OpenAI's <c>stream_options.include_usage</c>: usage in a chunk of its own.</summary>
    public bool WantsUsageChunk { get; init; }

    public int Choices { get; init; } = 1;

    /// <summary>How many alternatives per token to name; null when no log probabilities are wanted.</summary>
    public int? TopLogProbabilities { get; init; }

    /// <summary>The body for a model behind the endpoint: extras as the header decided, roles as the model knows them.</summary>
    public required JsonObject Body { get; init; }

    public int PromptTokens => ChatTemplate.Count(Messages);
}

internal sealed record ChatMessage(string Role, string Text);

/// <summary>One thing wrong with a chat request.</summary>
/// <param name="Status">400 or 422.</param>
/// <param name="Code">Such as <c>parameter_not_supported</c>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Location">The place in the body, such as <c>["body", "temperature"]</c>; null when the body as a whole is wrong.</param>
/// <param name="Input">The value found there.</param>
internal sealed record ChatFault(int Status, string Code, string Message, IReadOnlyList<string>? Location = null, JsonNode? Input = null)
{
    /// <summary>A value that no model takes.</summary>
    public static ChatFault Invalid(string place, string message, JsonNode? input) => new(422, "invalid_parameter", message, ["body", .. place.Split('.')], input);

    /// <summary>A value that this model does not take, in the words of the reference.</summary>
    public static ChatFault NotSupported(string place, string message, JsonNode? input) =>
        new(422, "parameter_not_supported", $"One of the parameters contain invalid values. {message}", ["body", .. place.Split('.')], input);
}
