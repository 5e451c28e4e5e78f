using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints that are not reached, not there, not ready or not willing.</summary>
internal static class ReachingEndpoints
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(800);

    public static IReadOnlyList<Behaviour> All =>
    [
        Unclear("nothing listens", "connect", EndpointErrors.NoConnection, new()) with { GivenUri = _ => new Uri($"http://127.0.0.1:{ClosedPort.Draw()}/") },
        Unclear("https on a port that speaks http", "connect", EndpointErrors.TlsFailed, new()) with { GivenUri = uri => new UriBuilder(uri) { Scheme = "https" }.Uri },
        Fails("plain http outside this machine", "connect", EndpointErrors.PlainHttpRefused, new()) with { GivenUri = _ => new Uri("http://phi.example.net/") },
        Fails("redirect to a sign-in page", "connect", EndpointErrors.Redirected, new()
        {
            Gate = call =>
            {
                call.Context.Response.Redirect("https://login.example.net/authorize?id=1");
                return Task.FromResult(false);
            },
        }),
        Fails("sign-in page with status 200", "connect", EndpointErrors.WebPage, Page(200)),
        Fails("block page of a proxy", "connect", EndpointErrors.WebPage, Page(403)),
        Unclear("proxy wants authentication", "connect", EndpointErrors.ProxyRefused, Always(407, "text/plain", "sign in")),
        Warns("URI of the operation instead of the base", "connect", EndpointErrors.UriNotBase, new()) with { GivenUri = uri => new Uri($"{uri}/chat/completions?api-version=1") },
        Warns("scoring URI instead of the base", "connect", EndpointErrors.UriNotBase, new()) with { GivenUri = uri => new Uri($"{uri}/score"), Compute = ComputeKind.Managed },
        Warns("URI with /v1", "connect", EndpointErrors.UriNotBase, new()) with { GivenUri = uri => new Uri($"{uri}/v1/") },
        Fails("hangs after the connection", "chat.basic", EndpointErrors.NoAnswerInTime, new() { Chat = call => call.HangAsync() }) with { Timeout = Short },
        Fails("hangs everywhere", "chat.basic", EndpointErrors.NoAnswerInTime, new() { Gate = async call => { await call.HangAsync(); return false; } }) with { Timeout = Short, Also = ["info"] },
        Fails("answer stops in the middle", "chat.basic", EndpointErrors.NoAnswerInTime, new()
        {
            Chat = async call =>
            {
                call.Context.Response.ContentType = "application/json";
                await call.RawAsync("{\"id\":");
                await call.HangAsync();
            },
        }) with { Timeout = Short },
        Fails("closes the connection without an answer", "chat.basic", EndpointErrors.ConnectionLost, new()
        {
            Chat = call =>
            {
                call.Context.Abort();
                return Task.CompletedTask;
            },
        }),
        Fails("body shorter than announced", "chat.basic", EndpointErrors.BodyTruncated, new()
        {
            Chat = async call =>
            {
                call.Context.Response.ContentType = "application/json";
                call.Context.Response.ContentLength = 1000;
                await call.RawAsync("{\"id\":\"c1\",");
            },
        }),
        Fails("body over 4 MiB", "chat.basic", EndpointErrors.BodyTooLarge, new() { Chat = call => call.AnswerAsync(new string('7', (4 * 1024 * 1024) + 1)) }),
        Fails("wrong route", "chat.basic", EndpointErrors.RouteNotFound, new() { ServesAzureRoute = false, ServesOpenAIRoute = false }),
        Fails("retired model", "chat.basic", EndpointErrors.ModelRetired, Always(404, "application/json", """{"error":{"message":"not found"}}""")) with { Model = "Phi-3-mini-4k-instruct" },
        Fails("retired by the service's own word", "chat.basic", EndpointErrors.ModelRetired, Always(404, "application/json", """{"error":{"message":"The model has been retired."}}""")),
        Fails("managed without traffic", "chat.basic", EndpointErrors.NoTraffic, Always(404, "text/plain", "")) with { Compute = ComputeKind.Managed },
        Fails("container answers with an error", "chat.basic", EndpointErrors.ModelFailed, Chat424(withHeaders: true)) with { Compute = ComputeKind.Managed },
        Fails("container not ready", "chat.basic", EndpointErrors.NotReady, Chat424(withHeaders: false)) with { Compute = ComputeKind.Managed },
        Fails("gateway gave up waiting", "chat.basic", EndpointErrors.RequestTimedOut, Chats(408, "text/plain", "")),
        Fails("model server behind the proxy is down", "chat.basic", EndpointErrors.NotReady, Chats(502, "application/json", """{"error":"Downstream unavailable"}""")),
        Fails("internal error", "chat.basic", EndpointErrors.ServiceFailed, Chats(500, "text/plain", "oops")),
        Warns("internal error once", "chat.basic", EndpointErrors.Unstable, new()
        {
            Chat = call => call.Number == 1 ? call.TextAsync(500, "oops") : call.AnswerAsync($"{call.Sum}"),
        }),
        Unclear("throttled beyond the time limit", "chat.basic", EndpointErrors.Throttled, Throttles("3600")),
        Unclear("throttled with an absurd Retry-After", "chat.basic", EndpointErrors.Throttled, Throttles("99999999999999999999")),
        Unclear("throttled for ever", "chat.basic", EndpointErrors.Throttled, Throttles("0")),
        Fails("refuses ordinary requests", "chat.basic", EndpointErrors.RequestRefused, Chats(422, "application/json", """{"status":422,"code":"parameter_not_supported","detail":[{"loc":["body"]}],"message":"no"}""")),
        Warns("refuses temperature", "chat.basic", EndpointErrors.ParametersRefused, new()
        {
            Chat = call => call.Body!.ContainsKey("temperature") ? call.JsonAsync(400, """{"error":{"message":"temperature is not supported"}}""") : call.AnswerAsync($"{call.Sum}"),
        }),
        Fails("filters harmless questions, shape A", "chat.basic", EndpointErrors.BenignFiltered, Chats(400, "application/json", """{"error":{"message":"filtered","type":null,"param":"prompt","code":"content_filter","status":400}}""")),
        Fails("filters harmless questions, shape B", "chat.basic", EndpointErrors.BenignFiltered, Chats(400, "application/json", """{"status":400,"code":"content_filter","message":"filtered","param":"messages","type":null}""")),
        Fails("teapot", "chat.basic", EndpointErrors.UnexpectedStatus, Chats(418, "text/plain", "short and stout")),
    ];

    private static EndpointScript Always(int status, string contentType, string text) => new()
    {
        Gate = async call =>
        {
            await call.WriteAsync(status, contentType, text);
            return false;
        },
    };

    private static EndpointScript Page(int status) => Always(status, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Please sign in</body></html>");

    private static EndpointScript Chats(int status, string contentType, string text) => new() { Chat = call => call.WriteAsync(status, contentType, text) };

    private static EndpointScript Throttles(string retryAfter) => new()
    {
        Chat = call =>
        {
            call.Context.Response.Headers.RetryAfter = retryAfter;
            return call.JsonAsync(429, """{"error":"too many","message":"slow down","status":429}""");
        },
    };

    private static EndpointScript Chat424(bool withHeaders) => new()
    {
        Chat = call =>
        {
            if (withHeaders)
            {
                call.Context.Response.Headers["ms-azureml-model-error-statuscode"] = "500";
                call.Context.Response.Headers["ms-azureml-model-error-reason"] = "model_error";
            }

            return call.TextAsync(424, "failed dependency");
        },
    };
}
