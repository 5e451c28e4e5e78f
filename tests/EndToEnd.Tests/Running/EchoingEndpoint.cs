using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests.Running;

/// <summary>An endpoint that gives away the key it was shown, in one of many ways; the first segment of the path says which.</summary>
internal sealed class EchoingEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoingEndpoint(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public static IReadOnlyList<string> Ways { get; } =
    [
        "raw", "base64", "base64-1", "base64-2", "basic", "hex", "url", "html", "json", "split", "cut", "headers", "redirect", "status", "error", "stream", "answer", "info", "unauthorized", "throttled",
    ];

    public Uri Address { get; }

    public static async Task<EchoingEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new(app, new Uri(app.Urls.Single()));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        var segments = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shown = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var (way, response) = (segments[0], context.Response);
        switch (way)
        {
            case "headers":
                foreach (var name in (string[])["x-request-id", "apim-request-id", "x-ms-error-code", "ms-azureml-model-error-reason", "x-ratelimit-limit-tokens", "Retry-After", "WWW-Authenticate"])
                {
                    response.Headers[name] = shown;
                }

                await WriteAsync(response, 424, "application/json", "{}");
                return;
            case "redirect":
                response.Headers.Location = $"https://portal.invalid/login?code={Uri.EscapeDataString(shown)}&key={shown}";
                response.StatusCode = 302;
                return;
            case "status":
                await WriteAsync(response, 500, "text/plain", $"upstream said: Authorization: Bearer {shown}");
                return;
            case "error":
                await WriteAsync(response, 400, "application/json", $$$"""{"error":{"code":"{{{shown}}}","message":"the key {{{shown}}} is not welcome","details":["{{{shown}}}"]}}""");
                return;
            case "unauthorized":
                await WriteAsync(response, 401, "application/json", $$$"""{"error":{"code":"401","message":"key {{{shown}}} is wrong for tenant"}}""");
                return;
            case "throttled":
                response.Headers.RetryAfter = "3600";
                await WriteAsync(response, 429, "application/json", $$$"""{"message":"{{{shown}}}"}""");
                return;
            case "info" when segments[^1] == "info":
                await WriteAsync(response, 200, "application/json", $$$"""{"model_name":"{{{shown}}}","model_type":"chat-completion","model_provider_name":"{{{shown}}}"}""");
                return;
            case "stream":
                await WriteAsync(response, 200, "text/event-stream", string.Concat(shown.Chunk(20).Select(part => $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{new string(part)}\"}}}}]}}\n\n")));
                return;
            case "answer":
                await WriteAsync(response, 200, "application/json", $$$"""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"your key is {{{shown}}}"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");
                return;
            default:
                await WriteAsync(response, 200, "text/plain", Body(way, shown));
                return;
        }
    }

    private static string Body(string way, string key) => way switch
    {
        "base64" => Encode(key),
        "base64-1" => Encode($"x{key}y"),
        "base64-2" => Encode($"xy{key}yz").Replace('+', '-').Replace('/', '_'),
        "basic" => $"Authorization: Basic {Encode($"user:{key}")}",
        "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key)),
        "url" => Uri.EscapeDataString(key),
        "html" => $"<p>{WebUtility.HtmlEncode(key)}</p>",
        "json" => $"{{\"echo\":{System.Text.Json.JsonSerializer.Serialize($"Bearer {key}")}",
        "split" => $"{key[..18]}\n{key[18..]}",
        // So that whatever shortens the body does it within the key.
        "cut" => new string('.', 200 - (key.Length / 2)) + key,
        _ => $"Authorization: Bearer {key}",
    };

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static Task WriteAsync(HttpResponse response, int status, string type, string body)
    {
        response.StatusCode = status;
        response.ContentType = type;
        return response.WriteAsync(body);
    }
}
