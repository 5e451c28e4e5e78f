using System.Text.Json;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>What a service says about its own error, in whatever shape it says it.</summary>
internal sealed record ServiceText(string? Code, string? Message)
{
    private const int Length = 300;

    public static ServiceText Of(ProbeResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            var plain = response.MediaType is "" or "text/plain" ? response.Body.Trim() : "";
            return new(response.Header("x-ms-error-code"), plain.Length == 0 ? null : OneLine(plain));
        }
    }

    /// <summary>The message as a sentence to append; empty when there is none.</summary>
    public string Quoted => Message is null ? "" : $" The service says: {Message}";

    public bool Mentions(string word) => Message?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static ServiceText Read(JsonElement root)
    {
        var error = JsonText.Property(root, "error");
        var inner = error is { ValueKind: JsonValueKind.Object } value ? value : root;
        var message = JsonText.String(inner, "message") ?? JsonText.String(root, "detail") ?? JsonText.String(root, "message") ?? JsonText.String(root, "error");
        return new(JsonText.String(inner, "code") ?? JsonText.String(root, "code"), message is null ? null : OneLine(message));
    }

    private static string OneLine(string text) =>
        JsonText.Shorten(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), Length);
}
