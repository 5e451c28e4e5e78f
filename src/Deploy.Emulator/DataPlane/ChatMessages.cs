using System.Text.Json.Nodes;
using Deploy.Catalog;

namespace Deploy.Emulator.DataPlane;

/// <summary>Checks the messages, and gives the model the roles that it knows.</summary>
internal static class ChatMessages
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool", "developer"];

    // Kind of a part, and what a model has to take as input for it.
    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal) { ["text"] = "text", ["image_url"] = "image", ["input_audio"] = "audio", ["audio_url"] = "audio" };

    /// <summary>Rewrites the roles in <paramref name="body"/> where the model demands it, and reads the texts.</summary>
    public static (IReadOnlyList<ChatMessage> Messages, ChatFault? Fault) Read(JsonObject body, CatalogModel model)
    {
        if (body["messages"] is not JsonArray { Count: > 0 } given)
        {
            return ([], ChatFault.Invalid("messages", "At least one message is required.", body["messages"]));
        }

        var messages = new List<ChatMessage>();
        for (var index = 0; index < given.Count; index++)
        {
            var place = $"messages.{index}";
            if (given[index] is not JsonObject message || message["role"] is not JsonValue role || !role.TryGetValue<string>(out var name) || !Roles.Contains(name))
            {
                return ([], ChatFault.Invalid($"{place}.role", $"A message needs a role out of {string.Join(", ", Roles)}.", given[index]));
            }

            if (CheckContent(message["content"], $"{place}.content", model) is { } fault)
            {
                return ([], fault);
            }

            if (name is "system" or "developer" && model.SystemRole == SystemRole.Rewritten)
            {
                message["role"] = name = "user";
            }

            messages.Add(new ChatMessage(name, Text(message["content"]!)));
        }

        return (messages, null);
    }

    private static ChatFault? CheckContent(JsonNode? content, string place, CatalogModel model)
    {
        if (content is JsonValue value && value.TryGetValue<string>(out _))
        {
            return null;
        }

        if (content is not JsonArray parts)
        {
            return ChatFault.Invalid(place, "The content of a message must be a string or a list of parts.", content);
        }

        for (var index = 0; index < parts.Count; index++)
        {
            var kind = (parts[index] as JsonObject)?["type"] is JsonValue named && named.TryGetValue<string>(out var text) ? text : "";
            if (!Parts.TryGetValue(kind, out var input) || (kind == "text" && !(parts[index]!["text"] is JsonValue words && words.TryGetValue<string>(out _))))
            {
                return ChatFault.Invalid($"{place}.{index}", $"A part of a content needs a type out of {string.Join(", ", Parts.Keys)}, and a text its 'text'.", parts[index]);
            }

            if (!model.Input.Contains(input))
            {
                return ChatFault.NotSupported($"{place}.{index}", $"The model {model.Name} takes {string.Join(" and ", model.Input)} only.", parts[index]);
            }
        }

        return null;
    }

    private static string Text(JsonNode content) => content is JsonArray parts
        ? string.Concat(parts.Select(part => (string?)part!["type"] == "text" ? (string)part["text"]! : ""))
        : (string)content!;
}
