using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane;

/// <summary>Checks a chat request against the Azure AI model inference API: known parameters, ranges, and the <c>extra-parameters</c> header.</summary>
internal sealed class ChatRequestReader(bool isManaged, bool isOpenAi)
{
    private const int LargestChoices = 16;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "messages", "temperature", "top_p", "frequency_penalty", "presence_penalty", "max_tokens", "stop", "stream", "response_format", "seed", "tools", "tool_choice", "model",
    };

    private static readonly string[] Roles = ["system", "user", "assistant", "tool", "developer"];
    private static readonly (string Name, double Least, double Most)[] Ranges = [("temperature", 0, 1), ("top_p", 0, 1), ("frequency_penalty", -2, 2), ("presence_penalty", -2, 2)];

    public (ChatRequest? Request, ChatFault? Fault) Read(JsonObject body, string? extraParameters)
    {
        var fault = CheckExtras(body, extraParameters) ?? CheckRanges(body) ?? CheckUnsupported(body);
        if (fault is not null)
        {
            return (null, fault);
        }

        if (body["messages"] is not JsonArray { Count: > 0 } given)
        {
            return (null, Invalid("messages", "At least one message is required.", body["messages"]));
        }

        var messages = new List<ChatMessage>();
        for (var index = 0; index < given.Count; index++)
        {
            var (message, wrong) = ReadMessage(given[index], index);
            if (wrong is not null)
            {
                return (null, wrong);
            }

            messages.Add(message!);
        }

        return ReadRest(body, messages);
    }

    private (ChatRequest? Request, ChatFault? Fault) ReadRest(JsonObject body, List<ChatMessage> messages)
    {
        // OpenAI's later name for the same limit.
        var limit = body["max_tokens"] is null && isOpenAi ? "max_completion_tokens" : "max_tokens";
        if (body[limit] is { } max && !IsInteger(max, 0, int.MaxValue))
        {
            return (null, Invalid(limit, $"{limit} must be an integer that is not negative.", max));
        }

        if (!TryStop(body["stop"], out var stop))
        {
            return (null, Invalid("stop", "stop must be a string or a list of strings.", body["stop"]));
        }

        if (body["stream"] is { } stream && stream.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return (null, Invalid("stream", "stream must be true or false.", stream));
        }

        if (body["n"] is { } choices && !IsInteger(choices, 1, LargestChoices))
        {
            return (null, Invalid("n", $"n must be an integer from 1 to {LargestChoices}.", choices));
        }

        return (new ChatRequest
        {
            Messages = messages,
            MaxTokens = body[limit]?.GetValue<int>(),
            Stop = stop,
            Streams = body["stream"]?.GetValue<bool>() ?? false,
            WantsUsageChunk = body["stream_options"] is JsonObject options && options["include_usage"]?.GetValueKind() == JsonValueKind.True,
            Choices = body["n"]?.GetValue<int>() ?? 1,
        }, null);
    }

    private ChatFault? CheckExtras(JsonObject body, string? option)
    {
        if (isOpenAi)
        {
            return null;
        }

        if (option is not (null or "error" or "drop" or "pass-through"))
        {
            return new ChatFault(400, "Bad Request", $"Unexpected EXTRA_PARAMETERS option {option}, expected options are ['error', 'drop', 'pass-through']");
        }

        var extras = body.Select(pair => pair.Key).Where(name => !Known.Contains(name)).ToList();
        if (option == "drop")
        {
            extras.ForEach(name => body.Remove(name));
            return null;
        }

        // Deployments on managed compute hand unknown parameters to the model when the header is absent.
        var passes = option == "pass-through" || (option is null && isManaged);
        return passes || extras.Count == 0
            ? null
            : new ChatFault(400, "Bad Request", $"Extra parameters [{string.Join(", ", extras.Select(name => $"'{name}'"))}] are not allowed when extra-parameters is not set or set to be 'error'. Set extra-parameters to 'pass-through' to pass to the model.");
    }

    private ChatFault? CheckRanges(JsonObject body)
    {
        foreach (var (name, least, range) in Ranges)
        {
            // OpenAI allows temperatures up to 2.
            var most = isOpenAi && name == "temperature" ? 2 : range;
            if (body[name] is { } node && !(node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && number >= least && number <= most))
            {
                return Invalid(name, $"{name} must be a number from {least} to {most}.", node);
            }
        }

        return body["seed"] is { } seed && !IsInteger(seed, long.MinValue, long.MaxValue) ? Invalid("seed", "seed must be an integer.", seed) : null;
    }

    // Phi models know neither tools nor JSON mode (facts: model cards).
    private static ChatFault? CheckUnsupported(JsonObject body)
    {
        if (body["tools"] is JsonArray { Count: > 0 } tools)
        {
            return new ChatFault(422, "parameter_not_supported", "One of the parameters contain invalid values: the model does not support tools.", ["body", "tools"], tools);
        }

        return body["response_format"] is not { } format ? null
            : format is JsonObject { } shape && shape["type"] is JsonValue kind && kind.TryGetValue<string>(out var text) && text == "text" ? null
            : new ChatFault(422, "parameter_not_supported", "One of the parameters contain invalid values: the model supports the response format 'text' only.", ["body", "response_format"], format);
    }

    private static (ChatMessage? Message, ChatFault? Fault) ReadMessage(JsonNode? node, int index)
    {
        var place = $"messages.{index}";
        if (node is not JsonObject message || message["role"] is not JsonValue role || !role.TryGetValue<string>(out var name) || !Roles.Contains(name))
        {
            return (null, Invalid($"{place}.role", $"A message needs a role out of {string.Join(", ", Roles)}.", node));
        }

        return Content(message["content"]) is { } text
            ? (new ChatMessage(name, text), null)
            : (null, Invalid($"{place}.content", "The content of a message must be a string or a list of parts with text.", message["content"]));
    }

    private static string? Content(JsonNode? content) => content switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray parts => string.Concat(parts.Select(part => part is JsonObject piece && piece["text"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "")),
        _ => null,
    };

    private static bool TryStop(JsonNode? node, out IReadOnlyList<string> stop)
    {
        stop = node switch
        {
            JsonValue value when value.TryGetValue<string>(out var text) => [text],
            JsonArray values => [.. values.OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : "")],
            _ => [],
        };
        return node is null || (stop.Count > 0 && stop.All(text => text.Length > 0) && (node is not JsonArray all || all.Count == stop.Count));
    }

    private static bool IsInteger(JsonNode node, long least, long most) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) && number >= least && number <= most;

    private static ChatFault Invalid(string place, string message, JsonNode? input) => new(422, "invalid_parameter", message, ["body", .. place.Split('.')], input);
}
