using System.Text;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane;

/// <summary>The local model's answer in the shapes of the API.</summary>
/// <param name="Id">Of the completion.</param>
/// <param name="Model">The name the answer speaks of.</param>
/// <param name="Created">Seconds since 1970.</param>
internal sealed record ChatBodies(string Id, string Model, long Created)
{
    public JsonObject Completion(ChatCompletion completion, ChatRequest request) => new()
    {
        ["id"] = Id,
        ["object"] = "chat.completion",
        ["created"] = Created,
        ["model"] = Model,
        ["choices"] = new JsonArray([.. Enumerable.Range(0, completion.Choices).Select(index => new JsonObject
        {
            ["index"] = index,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = completion.Text, ["tool_calls"] = null },
            ["finish_reason"] = completion.FinishReason,
            ["logprobs"] = LogProbabilities(request, completion.Tokens),
        })]),
        ["usage"] = Usage(completion),
    };

    /// <summary>The chunks of a stream: the role, a token each, the finish reason with usage (or usage in a chunk of its own).</summary>
    public IEnumerable<JsonObject> Chunks(ChatCompletion completion, ChatRequest request)
    {
        for (var index = 0; index < completion.Choices; index++)
        {
            yield return Chunk(index, new JsonObject { ["role"] = "assistant", ["content"] = "" });
            foreach (var token in completion.Tokens)
            {
                yield return Chunk(index, new JsonObject { ["content"] = token }, logProbabilities: LogProbabilities(request, [token]));
            }

            var last = Chunk(index, new JsonObject { ["content"] = "" }, completion.FinishReason);
            if (index == completion.Choices - 1 && !request.WantsUsageChunk)
            {
                last["usage"] = Usage(completion);
            }

            yield return last;
        }

        if (request.WantsUsageChunk)
        {
            var usage = Envelope([]);
            usage["usage"] = Usage(completion);
            yield return usage;
        }
    }

    private static JsonObject Usage(ChatCompletion completion) => new()
    {
        ["prompt_tokens"] = completion.PromptTokens,
        ["completion_tokens"] = completion.CompletionTokens,
        ["total_tokens"] = completion.PromptTokens + completion.CompletionTokens,
    };

    private JsonObject Chunk(int index, JsonObject delta, string? finishReason = null, JsonNode? logProbabilities = null) =>
        Envelope([new JsonObject { ["index"] = index, ["delta"] = delta, ["finish_reason"] = finishReason, ["logprobs"] = logProbabilities }]);

    private JsonObject Envelope(JsonArray choices) => new() { ["id"] = Id, ["object"] = "chat.completion.chunk", ["created"] = Created, ["model"] = Model, ["choices"] = choices };

    // The local model has one answer to a question: each of its tokens is certain, and there is no alternative to name.
    private static JsonObject? LogProbabilities(ChatRequest request, IReadOnlyList<string> tokens) => request.TopLogProbabilities is not { } most ? null : new JsonObject
    {
        ["content"] = new JsonArray([.. tokens.Select(token =>
        {
            var certain = Certain(token);
            certain["top_logprobs"] = most == 0 ? new JsonArray() : new JsonArray(Certain(token));
            return certain;
        })]),
    };

    private static JsonObject Certain(string token) => new()
    {
        ["token"] = token,
        ["logprob"] = 0.0,
        ["bytes"] = new JsonArray([.. Encoding.UTF8.GetBytes(token).Select(value => JsonValue.Create((int)value))]),
    };
}
