using Microsoft.AspNetCore.Http;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>How one endpoint behaves. By default like a healthy serverless one; a test replaces the parts that it breaks.</summary>
public sealed class EndpointScript
{
    public const string Key = "Kq7Zp2Xw9Lm4Tn8Vb3Rc6Yd1Gf5Hj0Sa";

    private static readonly string[] Known = ["messages", "temperature", "top_p", "frequency_penalty", "presence_penalty", "max_tokens", "stop", "stream", "model"];

    private int _chats;

    /// <summary>Comes first; an endpoint that answers here has answered. Returns whether the request may go on.</summary>
    public Func<ScriptedCall, Task<bool>> Gate { get; init; } = _ => Task.FromResult(true);

    public Func<ScriptedCall, Task<bool>> Authenticate { get; init; } = DefaultAuthentication;

    public Func<ScriptedCall, Task> Info { get; init; } = DefaultInfo;

    /// <summary>Chat requests so far.</summary>
    public int Chats => _chats;

    public Func<ScriptedCall, Task> Chat { get; init; } = call => call.AnswerAsync($"{call.Sum}");

    public Func<ScriptedCall, Task> Stream { get; init; } = call => call.StreamAnswerAsync($"{call.Sum}");

    /// <summary>What becomes of unknown parameters, on the Azure route; an endpoint that answers here has answered. Returns whether the request may go on.</summary>
    public Func<ScriptedCall, Task<bool>> Extras { get; init; } = DefaultExtras;

    /// <summary>The path under which the routes lie, below the script's own base.</summary>
    public string Root { get; init; } = "";

    public bool ServesAzureRoute { get; init; } = true;

    public bool ServesOpenAIRoute { get; init; } = true;

    /// <summary>What a route gets that does not exist.</summary>
    public Func<ScriptedCall, Task> Missing { get; init; } = call => call.TextAsync(404, "NOT FOUND");

    /// <summary>Every request as it came, for tests that look at the wire.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    public static Task DefaultInfo(ScriptedCall call) => call.JsonAsync(200, """{"model_name":"Phi-4-mini-instruct","model_type":"chat-completion","model_provider_name":"Microsoft"}""");

    /// <summary>Refuses them unless the header says otherwise.</summary>
    public static async Task<bool> DefaultExtras(ScriptedCall call)
    {
        if (!HasExtras(call) || call.ExtraParameters is "drop" or "pass-through")
        {
            return true;
        }

        await call.JsonAsync(400, """{"detail":"Extra parameters ['x'] are not allowed when extra-parameters is not set or set to be 'error'."}""");
        return false;
    }

    public static bool HasExtras(ScriptedCall call) => call.Body!.Any(pair => !Known.Contains(pair.Key));

    public static async Task<bool> DefaultAuthentication(ScriptedCall call)
    {
        if (call.Context.Request.Headers.Authorization == $"Bearer {Key}")
        {
            return true;
        }

        await call.JsonAsync(401, """{"error":"unauthorized","message":"Invalid token","status":401}""");
        return false;
    }

    internal async Task HandleAsync(HttpContext context, string route)
    {
        Log.Enqueue($"{context.Request.Method} {route}{context.Request.QueryString}");
        var call = await ScriptedCall.ReadAsync(this, context, route, route.EndsWith("/chat/completions", StringComparison.Ordinal) ? Interlocked.Increment(ref _chats) : 0);
        if (!await Gate(call) || !await Authenticate(call))
        {
            return;
        }

        await (!route.StartsWith(Root, StringComparison.Ordinal) ? Missing(call) : route[Root.Length..] switch
        {
            "/info" => Info(call),
            "/chat/completions" when ServesAzureRoute => CheckedChatAsync(call),
            "/v1/chat/completions" when ServesOpenAIRoute => ChatAsync(call),
            _ => Missing(call),
        });
    }

    private async Task CheckedChatAsync(ScriptedCall call)
    {
        if (await Extras(call))
        {
            await ChatAsync(call);
        }
    }

    private Task ChatAsync(ScriptedCall call) => call.WantsStream ? Stream(call) : Chat(call);
}
