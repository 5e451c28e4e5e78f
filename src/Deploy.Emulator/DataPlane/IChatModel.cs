using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane;

/// <summary>What answers behind the endpoints: the local model, or a real one elsewhere.</summary>
internal interface IChatModel
{
    /// <summary>Answers one request, or says why not. Stops when the token is cancelled.</summary>
    Task<ModelAnswer> AnswerAsync(EndpointTarget target, ChatRequest request, CancellationToken cancellationToken);
}

/// <summary>Exactly one of the three is there.</summary>
internal sealed record ModelAnswer
{
    /// <summary>An error instead of an answer.</summary>
    public ArmResponse? Refusal { get; init; }

    /// <summary>A whole <c>chat.completion</c>.</summary>
    public JsonObject? Completion { get; init; }

    /// <summary>The <c>chat.completion.chunk</c>s of a stream, usage where the client's dialect wants it. Ends early by throwing <see cref="IOException"/>.</summary>
    public IAsyncEnumerable<JsonObject>? Chunks { get; init; }
}
