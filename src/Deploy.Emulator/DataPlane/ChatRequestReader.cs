using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Catalog;

namespace Deploy.Emulator.DataPlane;

/// <summary>Checks a chat request in the order of the service: extra parameters, parameters, messages.</summary>
internal sealed class ChatRequestReader(CatalogModel model, bool isManaged, Dialect dialect)
{
    /// <param name="body">The client's body; extras are removed and roles rewritten in it.</param>
    /// <param name="extraParameters">The header; null when absent.</param>
    public (ChatRequest? Request, ChatFault? Fault) Read(JsonObject body, string? extraParameters)
    {
        var fault = (dialect == Dialect.ModelInference ? ExtraParameters.Apply(body, extraParameters, isManaged) : null) ?? ChatParameters.Check(body, dialect, model);
        if (fault is not null)
        {
            return (null, fault);
        }

        var (messages, wrong) = ChatMessages.Read(body, model);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        // OpenAI's later name for the same limit.
        var limit = body["max_tokens"] ?? (dialect == Dialect.OpenAi ? body["max_completion_tokens"] : null);
        return (new ChatRequest
        {
            Messages = messages,
            MaxTokens = limit?.GetValue<int>(),
            Stop = ChatParameters.Stop(body["stop"])!,
            Streams = IsTrue(body["stream"]),
            WantsUsageChunk = dialect == Dialect.OpenAi && body["stream_options"] is JsonObject options && IsTrue(options["include_usage"]),
            Choices = body["n"]?.GetValue<int>() ?? 1,
            TopLogProbabilities = IsTrue(body["logprobs"]) ? body["top_logprobs"]?.GetValue<int>() ?? 0 : null,
            Body = body,
        }, null);
    }

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;
}
