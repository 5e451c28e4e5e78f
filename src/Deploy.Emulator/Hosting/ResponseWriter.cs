using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Hosting;

/// <summary>Puts an answer on the wire.</summary>
internal static class ResponseWriter
{
    public static async Task WriteAsync(HttpContext context, ArmResponse response)
    {
        if (response.Status == 0 || context.Response.HasStarted)
        {
            // Nothing can be said any more: the client has to see that this is no whole answer.
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (response.Body is null || HttpMethods.IsHead(context.Request.Method) || response.Status is 204 or 304)
        {
            return;
        }

        if (response.Body is JsonValue text && text.TryGetValue<string>(out var plain))
        {
            context.Response.ContentType ??= "text/plain; charset=utf-8";
            await context.Response.WriteAsync(plain);
            return;
        }

        context.Response.ContentType ??= "application/json; charset=utf-8";
        await context.Response.WriteAsync(response.Body.ToJsonString(Texts.Relaxed));
    }
}
