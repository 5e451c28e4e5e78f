using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.DataPlane.Upstream;

/// <summary>Reads the stream of a real model, and puts usage where the client's dialect has it.</summary>
internal static class UpstreamStream
{
    /// <exception cref="IOException">The stream ended before its end, or holds what is no chunk.</exception>
    public static async IAsyncEnumerable<JsonObject> ReadAsync(HttpResponseMessage response, ChatRequest request, string model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var owned = response;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        JsonObject? last = null;
        var isDone = false;
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            if (item.Data == "[DONE]")
            {
                isDone = true;
                break;
            }

            var chunk = Parse(item.Data);
            chunk["object"] = "chat.completion.chunk";
            chunk["model"] = model;
            if (request.WantsUsageChunk)
            {
                yield return chunk;
                continue;
            }

            // The chunk with the finish reason is kept back until the one with usage, which has no choices, has come.
            if (chunk["choices"] is JsonArray { Count: 0 } && last is not null)
            {
                last["usage"] = chunk["usage"]?.DeepClone();
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = chunk;
        }

        if (!isDone)
        {
            throw new IOException("The stream of the model behind the endpoint ended without [DONE].");
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject chunk && chunk["choices"] is JsonArray ? chunk : throw new IOException("The model behind the endpoint sent an event that is no chunk.");
        }
        catch (JsonException e)
        {
            throw new IOException("The model behind the endpoint sent an event that is not JSON.", e);
        }
    }
}
