using System.Text.Json;

namespace Deploy.Verification.Endpoints.Answers;

/// <summary>What a chat completion's JSON says, read without trusting it.</summary>
internal sealed record ChatBody
{
    /// <summary>The first thing that keeps it from being a chat completion; null when it is one.</summary>
    public string? ShapeFault { get; init; }

    /// <summary>The error object inside, as text; null when there is none.</summary>
    public string? Error { get; init; }

    public string? Object { get; init; }

    public string? Model { get; init; }

    public string? Role { get; init; }

    /// <summary>Null when it is absent or null.</summary>
    public string? Content { get; init; }

    public bool CallsTool { get; init; }

    public string? FinishReason { get; init; }

    public TokenUsage Usage { get; init; } = TokenUsage.Missing;

    /// <summary>Null when the text is no JSON.</summary>
    public static ChatBody? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ChatBody Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new() { ShapeFault = $"the document is {Describe(root)}, not an object" };
        }

        if (JsonText.Property(root, "error") is { ValueKind: not JsonValueKind.Null } error)
        {
            return new() { Error = JsonText.Shorten(error.GetRawText(), 300) };
        }

        if (JsonText.Property(root, "choices") is not { ValueKind: JsonValueKind.Array } choices)
        {
            // Gateways wrap errors of what is behind them: { statusCode, message }, { status, detail }, { code, message }.
            if (((string[])["status", "statusCode", "code"]).Any(name => JsonText.Integer(root, name) is >= 400) || (JsonText.String(root, "message") is not null && JsonText.String(root, "code") is not null))
            {
                return new() { Error = JsonText.Shorten(root.GetRawText(), 300) };
            }

            return new() { ShapeFault = "there is no list 'choices'" };
        }

        if (choices.GetArrayLength() == 0)
        {
            return new() { ShapeFault = "the list 'choices' is empty" };
        }

        if (JsonText.Property(choices[0], "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            return new() { ShapeFault = "the first choice has no 'message'" };
        }

        var content = JsonText.Property(message, "content");
        return new()
        {
            ShapeFault = content is { ValueKind: not (JsonValueKind.String or JsonValueKind.Null) } odd ? $"the message's content is {Describe(odd)}, not a text" : null,
            Object = JsonText.String(root, "object"),
            Model = JsonText.String(root, "model"),
            Role = JsonText.String(message, "role"),
            Content = JsonText.String(message, "content"),
            CallsTool = JsonText.Property(message, "tool_calls") is { ValueKind: JsonValueKind.Array } calls && calls.GetArrayLength() > 0,
            FinishReason = JsonText.String(choices[0], "finish_reason"),
            Usage = TokenUsage.Read(JsonText.Property(root, "usage")),
        };
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
