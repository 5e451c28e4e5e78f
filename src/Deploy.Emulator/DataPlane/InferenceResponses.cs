using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane;

/// <summary>The bodies of the model inference API.</summary>
internal static class InferenceResponses
{
    public static ArmResponse Error(int status, string error, string message) =>
        new ArmResponse(status, new JsonObject { ["error"] = error, ["message"] = message, ["status"] = status }).With("x-ms-error-code", error.Replace(' ', '_').ToLowerInvariant());

    public static ArmResponse Unauthorized() => Error(401, "Unauthorized", "Unauthorized. Access token is missing, invalid, audience is incorrect (https://ml.azure.com), or have expired.").With("WWW-Authenticate", "Bearer");

    public static ArmResponse ContentFiltered() => new ArmResponse(400, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = "The response was filtered due to the prompt triggering Microsoft's content management policy. Please modify your prompt and retry.",
            ["type"] = null,
            ["param"] = "prompt",
            ["code"] = "content_filter",
            ["status"] = 400,
        },
    }).With("x-ms-error-code", "content_filter");

    public static ArmResponse Fault(ChatFault fault, bool isManaged)
    {
        JsonObject body;
        if (fault is { Status: 400, Location: null, Code: "Bad Request" })
        {
            body = new JsonObject { ["detail"] = fault.Message };
        }
        else if (isManaged && fault.Status == 422)
        {
            var detail = new JsonObject { ["loc"] = Place(fault), ["message"] = fault.Message, ["input"] = fault.Input?.DeepClone() };
            body = new JsonObject { ["error"] = new JsonObject { ["code"] = "Invalid input", ["status"] = 422, ["message"] = "invalid input error", ["details"] = new JsonArray(detail) } };
        }
        else
        {
            body = new JsonObject { ["status"] = fault.Status, ["code"] = fault.Code, ["message"] = fault.Message };
            if (fault.Location is not null)
            {
                body["detail"] = new JsonObject { ["loc"] = Place(fault), ["input"] = fault.Input?.DeepClone() };
            }
        }

        return new ArmResponse(fault.Status, body).With("x-ms-error-code", fault.Code.Replace(' ', '_').ToLowerInvariant());
    }

    public static JsonObject Completion(ChatCompletion completion, string id, string model, long created) => new()
    {
        ["id"] = id,
        ["object"] = "chat.completion",
        ["created"] = created,
        ["model"] = model,
        ["choices"] = new JsonArray([.. Enumerable.Range(0, completion.Choices).Select(index => new JsonObject
        {
            ["index"] = index,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = completion.Text, ["tool_calls"] = null },
            ["finish_reason"] = completion.FinishReason,
            ["logprobs"] = null,
        })]),
        ["usage"] = Usage(completion),
    };

    public static JsonObject Usage(ChatCompletion completion) => new()
    {
        ["prompt_tokens"] = completion.PromptTokens,
        ["completion_tokens"] = completion.CompletionTokens,
        ["total_tokens"] = completion.PromptTokens + completion.CompletionTokens,
    };

    /// <summary>The chunks of a stream: the role, a token each, the finish reason with usage (or usage in a chunk of its own).</summary>
    public static IEnumerable<JsonObject> Chunks(ChatCompletion completion, ChatRequest request, string id, string model, long created)
    {
        for (var index = 0; index < completion.Choices; index++)
        {
            yield return Chunk(id, model, created, index, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
            foreach (var token in completion.Tokens)
            {
                yield return Chunk(id, model, created, index, new JsonObject { ["content"] = token }, null);
            }

            var last = Chunk(id, model, created, index, new JsonObject { ["content"] = "" }, completion.FinishReason);
            if (index == completion.Choices - 1 && !request.WantsUsageChunk)
            {
                last["usage"] = Usage(completion);
            }

            yield return last;
        }

        if (request.WantsUsageChunk)
        {
            yield return new JsonObject { ["id"] = id, ["object"] = "chat.completion.chunk", ["created"] = created, ["model"] = model, ["choices"] = new JsonArray(), ["usage"] = Usage(completion) };
        }
    }

    private static JsonObject Chunk(string id, string model, long created, int index, JsonObject delta, string? finishReason) => new()
    {
        ["id"] = id,
        ["object"] = "chat.completion.chunk",
        ["created"] = created,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = index, ["delta"] = delta, ["finish_reason"] = finishReason, ["logprobs"] = null }),
    };

    private static JsonArray Place(ChatFault fault) => [.. (fault.Location ?? []).Select(part => (JsonNode)JsonValue.Create(part))];
}
