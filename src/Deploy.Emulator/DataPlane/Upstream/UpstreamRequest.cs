using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane.Upstream;

/// <summary>Puts a request into OpenAI's words, and an answer back into the endpoint's.</summary>
internal static class UpstreamRequest
{
    public static JsonObject Of(ChatRequest request, string model)
    {
        var body = request.Body.DeepClone().AsObject();
        body["model"] = model;
        body.Remove("tool_choice");
        if (body["tools"] is JsonArray { Count: 0 })
        {
            body.Remove("tools");
        }

        if (request.Streams)
        {
            // The other dialect has usage in the last chunk without asking for it.
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return body;
    }

    /// <summary>Null when the text is no completion.</summary>
    public static JsonObject? Completion(string text, string model)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject body || body["choices"] is not JsonArray { Count: > 0 } choices
                || !choices.All(choice => choice is JsonObject { } one && one["message"] is JsonObject))
            {
                return null;
            }

            body["object"] = "chat.completion";
            body["model"] = model;
            return body;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static int Tokens(JsonObject? body, string kind) => body?["usage"] is JsonObject usage && usage[kind] is JsonValue value && value.TryGetValue<int>(out var count) ? count : 0;
}
