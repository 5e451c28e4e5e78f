using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Tests.DataPlane;

/// <summary>A server that speaks OpenAI's dialect, on a port of its own. A null answer is none at all; a text that begins with <c>data:</c> is a stream.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Func<JsonObject, (int Status, string Body)?> _answer;
    private readonly SemaphoreSlim _waiting = new(0);

    private FakeUpstream(Func<JsonObject, (int Status, string Body)?> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    public Uri Address => new(_server.Urls.Single() + "/v1");

    public ConcurrentQueue<(JsonObject Body, string Authorization, string Path)> Requests { get; } = new();

    /// <summary>Released once for each request that gets no answer.</summary>
    public SemaphoreSlim Waiting => _waiting;

    public static async Task<FakeUpstream> StartAsync(Func<JsonObject, (int Status, string Body)?> answer)
    {
        var made = new FakeUpstream(answer);
        await made._server.StartAsync(TestContext.Current.CancellationToken);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _waiting.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        Requests.Enqueue((body, context.Request.Headers.Authorization.ToString(), context.Request.Path));
        if (_answer(body) is not { } answer)
        {
            _waiting.Release();
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Body.StartsWith("data:", StringComparison.Ordinal) ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(answer.Body);
    }
}
