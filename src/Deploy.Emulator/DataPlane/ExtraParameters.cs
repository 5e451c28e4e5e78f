using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane;

/// <summary>The header <c>extra-parameters</c>: what becomes of parameters that the API does not define.</summary>
internal static class ExtraParameters
{
    public const string Header = "extra-parameters";

    private static readonly HashSet<string> Defined = new(StringComparer.Ordinal)
    {
        "messages", "temperature", "top_p", "frequency_penalty", "presence_penalty", "max_tokens", "stop", "stream", "response_format", "seed", "tools", "tool_choice", "model",
    };

    /// <summary>Removes them, lets them be, or refuses them by name.</summary>
    public static ChatFault? Apply(JsonObject body, string? option, bool isManaged)
    {
        if (option is not (null or "error" or "drop" or "pass-through"))
        {
            return new ChatFault(400, "Bad Request", $"Unexpected EXTRA_PARAMETERS option {option}, expected options are ['error', 'drop', 'pass-through']");
        }

        var extras = body.Select(pair => pair.Key).Where(name => !Defined.Contains(name)).ToList();
        if (option == "drop")
        {
            extras.ForEach(name => body.Remove(name));
            return null;
        }

        // Images of managed compute hand unknown parameters to the model when the header is absent.
        var passes = option == "pass-through" || (option is null && isManaged);
        return passes || extras.Count == 0
            ? null
            : new ChatFault(400, "Bad Request", $"Extra parameters [{string.Join(", ", extras.Select(name => $"'{name}'"))}] are not allowed when extra-parameters is not set or set to be 'error'. Set extra-parameters to 'pass-through' to pass to the model.");
    }
}
