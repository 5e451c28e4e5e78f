using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Catalog;

namespace Deploy.Emulator.DataPlane;

/// <summary>The parameters beside the messages: their kinds and ranges, and which of them the Phi models refuse.</summary>
internal static class ChatParameters
{
    private const int MostChoices = 16;
    private const int MostAlternatives = 20;

    private static readonly (string Name, double Least, double Most)[] Ranges = [("temperature", 0, 1), ("top_p", 0, 1), ("frequency_penalty", -2, 2), ("presence_penalty", -2, 2)];
    private static readonly string[] Formats = ["text", "json_object", "json_schema"];

    public static ChatFault? Check(JsonObject body, Dialect dialect, CatalogModel model) =>
        CheckRanges(body, dialect) ?? CheckKinds(body) ?? CheckLogProbabilities(body) ?? CheckTools(body, model) ?? CheckFormat(body, model);

    public static bool IsInteger(JsonNode node, long least, long most) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) && number >= least && number <= most;

    /// <summary>The stop sequences; null when the value is none.</summary>
    public static IReadOnlyList<string>? Stop(JsonNode? node) => node switch
    {
        null => [],
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 0 => [text],
        JsonArray { Count: > 0 } list when list.All(item => item is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0) => [.. list.Select(item => (string)item!)],
        _ => null,
    };

    private static ChatFault? CheckRanges(JsonObject body, Dialect dialect)
    {
        foreach (var (name, least, range) in Ranges)
        {
            var most = dialect == Dialect.OpenAi && name == "temperature" ? 2 : range;
            if (body[name] is { } node && !(node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && number >= least && number <= most))
            {
                return ChatFault.Invalid(name, $"{name} must be a number from {least} to {most}.", node);
            }
        }

        return null;
    }

    private static ChatFault? CheckKinds(JsonObject body)
    {
        foreach (var limit in (string[])["max_tokens", "max_completion_tokens"])
        {
            if (body[limit] is { } max && !IsInteger(max, 0, int.MaxValue))
            {
                return ChatFault.Invalid(limit, $"{limit} must be an integer that is not negative.", max);
            }
        }

        return Stop(body["stop"]) is null ? ChatFault.Invalid("stop", "stop must be a string or a list of strings, none of them empty.", body["stop"])
            : body["seed"] is { } seed && !IsInteger(seed, long.MinValue, long.MaxValue) ? ChatFault.Invalid("seed", "seed must be an integer.", seed)
            : body["stream"] is { } stream && !IsBoolean(stream) ? ChatFault.Invalid("stream", "stream must be true or false.", stream)
            : body["n"] is { } choices && !IsInteger(choices, 1, MostChoices) ? ChatFault.Invalid("n", $"n must be an integer from 1 to {MostChoices}.", choices)
            : body["model"] is { } name && name.GetValueKind() != JsonValueKind.String ? ChatFault.Invalid("model", "model must be a string.", name)
            : null;
    }

    private static ChatFault? CheckLogProbabilities(JsonObject body)
    {
        if (body["logprobs"] is { } wanted && !IsBoolean(wanted))
        {
            return ChatFault.Invalid("logprobs", "logprobs must be true or false.", wanted);
        }

        if (body["top_logprobs"] is { } top && (!IsInteger(top, 0, MostAlternatives) || body["logprobs"]?.GetValueKind() != JsonValueKind.True))
        {
            return ChatFault.Invalid("top_logprobs", $"top_logprobs must be an integer from 0 to {MostAlternatives}, with logprobs true.", top);
        }

        return body["logit_bias"] is { } bias && !(bias is JsonObject biases && biases.All(pair => pair.Value is JsonValue value && value.TryGetValue<double>(out var by) && by is >= -100 and <= 100))
            ? ChatFault.Invalid("logit_bias", "logit_bias must be an object of numbers from -100 to 100.", bias)
            : null;
    }

    private static ChatFault? CheckTools(JsonObject body, CatalogModel model)
    {
        if (body["tools"] is { } tools)
        {
            return tools is JsonArray { Count: 0 } ? null
                : tools is JsonArray ? ChatFault.NotSupported("tools", $"The model {model.Name} does not support tools.", tools)
                : ChatFault.Invalid("tools", "tools must be a list.", tools);
        }

        var isNone = body["tool_choice"] is JsonValue value && value.TryGetValue<string>(out var choice) && choice == "none";
        return body["tool_choice"] is { } named && !isNone ? ChatFault.NotSupported("tool_choice", $"The model {model.Name} does not support tools.", named) : null;
    }

    private static ChatFault? CheckFormat(JsonObject body, CatalogModel model)
    {
        if (body["response_format"] is not { } format)
        {
            return null;
        }

        var kind = (format as JsonObject)?["type"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        return kind is null || !Formats.Contains(kind) ? ChatFault.Invalid("response_format", $"response_format needs a type out of {string.Join(", ", Formats)}.", format)
            : kind != "text" ? ChatFault.NotSupported("response_format", $"The model {model.Name} supports the format 'text' only.", format)
            : null;
    }

    private static bool IsBoolean(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;
}
