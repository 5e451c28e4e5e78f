using System.Text.Json;

namespace Deploy.Verification.Endpoints.Answers;

/// <summary>Reads the list of models of the OpenAI dialect.</summary>
internal static class ServedModels
{
    /// <summary>The names in order; empty when the text is no such list.</summary>
    public static IReadOnlyList<string> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonText.Property(document.RootElement, "data") is { ValueKind: JsonValueKind.Array } data
                ? [.. data.EnumerateArray().Select(item => JsonText.String(item, "id")).OfType<string>()]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
