using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Protocol;

/// <summary>Reads request bodies within bounds: 4 MiB, as Azure Resource Manager, and 64 levels.</summary>
internal static class JsonBody
{
    public const int LargestBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The object in the body (null when it is empty), or what is wrong with it.</summary>
    public static Task<(JsonObject? Body, string? Fault, int Status)> ReadAsync(HttpRequest request, CancellationToken cancellationToken) => ReadAsync(request, LargestBytes, cancellationToken);

    /// <inheritdoc cref="ReadAsync(HttpRequest, CancellationToken)"/>
    public static async Task<(JsonObject? Body, string? Fault, int Status)> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return (null, $"The body has {request.ContentLength} bytes; allowed are {most}.", 413);
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > most)
                {
                    return (null, $"The body has more than {most} bytes.", 413);
                }
            }
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // The server's own word for a chunk that it cannot read.
            return (null, $"The body cannot be read: {e.Message}", 400);
        }

        return buffer.Length == 0 ? (null, null, 200) : Parse(buffer);
    }

    private static (JsonObject? Body, string? Fault, int Status) Parse(MemoryStream buffer)
    {
        try
        {
            var text = Strict.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
            CheckEscapes(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            var node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            return node is JsonObject body ? (body, null, 200) : (null, "The body must be a JSON object.", 400);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or ArgumentException)
        {
            return (null, e is JsonException ? e.Message : "The body is not valid UTF-8.", 400);
        }
    }

    // Half of a surrogate pair, escaped, passes the parser and fails whoever reads the string later.
    private static void CheckEscapes(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    reader.GetString();
                }
                catch (InvalidOperationException e)
                {
                    throw new JsonException("A string holds half of a surrogate pair.", e);
                }
            }
        }
    }
}
