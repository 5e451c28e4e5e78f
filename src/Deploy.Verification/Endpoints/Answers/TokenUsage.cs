using System.Globalization;
using System.Text.Json;

namespace Deploy.Verification.Endpoints.Answers;

/// <summary>The token counts of an answer.</summary>
internal sealed record TokenUsage(long? Prompt, long? Completion, long? Total, long Reasoning = 0)
{
    public static readonly TokenUsage Missing = new(null, null, null);

    /// <summary>Whether one of the counts is there and no whole number.</summary>
    public bool IsUnreadable { get; init; }

    public bool IsMissing => Prompt is null && Completion is null && Total is null && !IsUnreadable;

    public static TokenUsage Read(JsonElement? usage)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } element)
        {
            return Missing;
        }

        var details = JsonText.Property(element, "completion_tokens_details");
        return new(
            JsonText.Integer(element, "prompt_tokens"),
            JsonText.Integer(element, "completion_tokens"),
            JsonText.Integer(element, "total_tokens"),
            details is { } value ? JsonText.Integer(value, "reasoning_tokens") ?? 0 : 0)
        {
            IsUnreadable = ((string[])["prompt_tokens", "completion_tokens", "total_tokens"])
                .Any(name => JsonText.Property(element, name) is { ValueKind: not JsonValueKind.Null } && JsonText.Integer(element, name) is null),
        };
    }

    /// <summary>What is wrong with the counts; null when nothing is, or when there are none.</summary>
    /// <param name="hasContent">Whether the answer has text, which cannot cost nothing.</param>
    public string? Fault(bool hasContent)
    {
        if (IsMissing)
        {
            return null;
        }

        if (Prompt is not { } prompt || Completion is not { } completion || Total is not { } total)
        {
            return "one of prompt_tokens, completion_tokens and total_tokens is missing or no whole number";
        }

        if (prompt <= 0 || completion < 0 || (hasContent && completion == 0))
        {
            return string.Create(CultureInfo.InvariantCulture, $"prompt_tokens is {prompt} and completion_tokens is {completion} for an answer with text");
        }

        // Some services count the tokens of thoughts in the total only.
        return total == prompt + completion || (Reasoning > 0 && total == prompt + completion + Reasoning)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"prompt_tokens {prompt} and completion_tokens {completion} make {prompt + completion}, but total_tokens is {total}");
    }
}
