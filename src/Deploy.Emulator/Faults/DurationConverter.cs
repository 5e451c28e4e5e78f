using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deploy.Emulator.Faults;

/// <summary>Spans of time as people write them: <c>500ms</c>, <c>2s</c>, <c>5m</c>, <c>1h</c>, <c>14d</c>.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan?>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(4000);

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when TryParse(reader.GetString()!) is { } span => span,
        _ => throw new JsonException("A span of time is written as 500ms, 2s, 5m, 1h or 14d."),
    };

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } span)
        {
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0}ms"));
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public static TimeSpan? TryParse(string text)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        if (!double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var milliseconds = unit switch { "ms" => number, "s" => number * 1000, "m" => number * 60_000, "h" => number * 3_600_000, "d" => number * 86_400_000, _ => double.NaN };
        return milliseconds <= Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
