using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.DataPlane;

/// <summary>Server-sent events: each chunk leaves on its own.</summary>
internal static class EventStream
{
    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<JsonObject> chunks, CancellationToken cancellationToken)
    {
        response.StatusCode = 200;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            await response.WriteAsync($"data: {chunk.ToJsonString(Texts.Relaxed)}\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }

        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }
}
