using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane;

/// <summary>The older routes of images for managed compute, <c>/completions</c> and <c>/score</c>, said as a chat and back.</summary>
internal static class TextCompletions
{
    /// <summary>A <c>prompt</c> as the one message of a chat; a fault when there is none.</summary>
    public static (JsonObject? Chat, ChatFault? Fault) OfPrompt(JsonObject body)
    {
        if (body["prompt"] is not JsonValue prompt || !prompt.TryGetValue<string>(out var text))
        {
            return (null, ChatFault.Invalid("prompt", "prompt must be a string.", body["prompt"]));
        }

        var chat = body.DeepClone().AsObject();
        chat.Remove("prompt");
        chat["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text });
        return (chat, null);
    }

    /// <summary><c>{"input_data":{"input_string":[messages],"parameters":{…}}}</c> as a chat.</summary>
    public static (JsonObject? Chat, ChatFault? Fault) OfScore(JsonObject body)
    {
        if (body["input_data"] is not JsonObject input || input["input_string"] is not JsonArray messages)
        {
            return (null, ChatFault.Invalid("input_data.input_string", "The body needs input_data.input_string, a list of messages.", body["input_data"]));
        }

        var chat = (input["parameters"] as JsonObject)?.DeepClone().AsObject() ?? [];
        if (chat["max_new_tokens"] is { } most)
        {
            chat["max_tokens"] = most.DeepClone();
            chat.Remove("max_new_tokens");
        }

        chat["messages"] = messages.DeepClone();
        chat.Remove("stream");
        return (chat, null);
    }

    public static JsonObject Score(JsonObject completion) => new() { ["output"] = completion["choices"]![0]!["message"]!["content"]?.DeepClone() };

    /// <summary>A completion or a chunk of one, in the shape of <c>/completions</c>.</summary>
    public static JsonObject Completion(JsonObject chat)
    {
        var text = chat.DeepClone().AsObject();
        text["object"] = "text_completion";
        foreach (var choice in text["choices"]!.AsArray().OfType<JsonObject>())
        {
            var content = choice["message"]?["content"] ?? choice["delta"]?["content"];
            choice["text"] = content?.GetValueKind() == JsonValueKind.String ? content.DeepClone() : "";
            choice.Remove("message");
            choice.Remove("delta");
        }

        return text;
    }
}
