using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>One request to a script, with the means to answer it.</summary>
public sealed partial class ScriptedCall
{
    public required EndpointScript Script { get; init; }

    public required HttpContext Context { get; init; }

    public required string Route { get; init; }

    /// <summary>Counts chat requests that got past nothing yet, from 1.</summary>
    public required int Number { get; init; }

    public JsonObject? Body { get; init; }

    public int Left { get; init; }

    public int Right { get; init; }

    public int Sum => Left + Right;

    /// <summary>The last user message.</summary>
    public string Question => QuestionOf(Body);

    public bool HasSystemMessage => Messages(Body).Any(message => message["role"]?.GetValue<string>() == "system");

    /// <summary>The deployment that was asked for by name; null for none.</summary>
    public string? Deployment => Context.Request.Headers["azureml-model-deployment"] is { Count: > 0 } values ? values.ToString() : null;

    /// <summary>The header <c>extra-parameters</c>; null for none.</summary>
    public string? ExtraParameters => Context.Request.Headers["extra-parameters"] is { Count: > 0 } values ? values.ToString() : null;

    public IReadOnlyList<string> Stop => Body?["stop"]?.AsArray().Select(item => item!.GetValue<string>()).ToArray() ?? [];

    public bool WantsStream => Body?["stream"]?.GetValue<bool>() == true;

    public int? MaxTokens => Body?["max_tokens"]?.GetValue<int>();

    public static async Task<ScriptedCall> ReadAsync(EndpointScript script, HttpContext context, string route, int number)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        var body = text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
        var sum = SumPattern().Match(QuestionOf(body));
        return new()
        {
            Script = script,
            Context = context,
            Route = route,
            Number = number,
            Body = body,
            Left = sum.Success ? int.Parse(sum.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
            Right = sum.Success ? int.Parse(sum.Groups[2].Value, CultureInfo.InvariantCulture) : 0,
        };
    }

    public Task JsonAsync(int status, string json) => WriteAsync(status, "application/json", json);

    public Task TextAsync(int status, string text) => WriteAsync(status, "text/plain", text);

    public async Task WriteAsync(int status, string contentType, string text)
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentType = contentType;
        await Context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), Context.RequestAborted);
    }

    /// <summary>A chat completion whose parts a test may change. Stop sequences and the token limit are kept, a word counting as one token.</summary>
    public Task AnswerAsync(string? content, string? finish = "stop", string? role = "assistant", Action<JsonObject>? change = null, string contentType = "application/json")
    {
        return WriteAsync(200, contentType, Answer(content, finish, role, change));
    }

    /// <summary>The document of <see cref="AnswerAsync"/>.</summary>
    public string Answer(string? content, string? finish = "stop", string? role = "assistant", Action<JsonObject>? change = null)
    {
        (content, finish) = Limited(content, finish);
        var body = Completion(content, finish, role);
        body["usage"] = Usage(content);
        change?.Invoke(body);
        return body.ToJsonString();
    }

    public static JsonObject Completion(string? content, string? finish = "stop", string? role = "assistant") => new()
    {
        ["id"] = "c1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "phi",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = role, ["content"] = content },
            ["finish_reason"] = finish,
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 20, ["completion_tokens"] = 3, ["total_tokens"] = 23 },
    };

    /// <summary>Token counts that grow with the words of the prompt.</summary>
    public JsonObject Usage(string? content)
    {
        var prompt = Messages(Body).Sum(message => 4 + Words(message["content"]?.GetValue<string>()).Length);
        var completion = Words(content).Length + (content?.Length > 0 ? 1 : 0);
        return new() { ["prompt_tokens"] = prompt, ["completion_tokens"] = completion, ["total_tokens"] = prompt + completion };
    }

    private (string? Content, string? Finish) Limited(string? content, string? finish)
    {
        foreach (var stop in Stop)
        {
            content = content?.Split(stop)[0];
        }

        return MaxTokens is { } most && Words(content).Length > most ? (string.Join(' ', Words(content).Take(most)), finish == "stop" ? "length" : finish) : (content, finish);
    }

    private static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static IEnumerable<JsonObject> Messages(JsonObject? body) => body?["messages"]?.AsArray().Select(message => message!.AsObject()) ?? [];

    private static string QuestionOf(JsonObject? body) =>
        Messages(body).LastOrDefault(message => message["role"]?.GetValue<string>() == "user")?["content"]?.GetValue<string>() ?? "";

    /// <summary>A whole healthy stream.</summary>
    public async Task StreamAnswerAsync(string content)
    {
        await StartStreamAsync();
        await EventAsync(Chunk("", role: "assistant"));
        foreach (var piece in content.Chunk(2))
        {
            await EventAsync(Chunk(new string(piece)));
        }

        await EventAsync(LastChunk());
        await EventAsync("[DONE]");
    }

    public Task StartStreamAsync()
    {
        Context.Response.ContentType = "text/event-stream";
        return Context.Response.StartAsync(Context.RequestAborted);
    }

    public Task EventAsync(string data) => RawAsync($"data: {data}\n\n");

    public async Task RawAsync(string text)
    {
        await Context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), Context.RequestAborted);
        await Context.Response.Body.FlushAsync(Context.RequestAborted);
    }

    public static string Chunk(string content, string? role = null, string? finish = null)
    {
        var delta = new JsonObject { ["content"] = content };
        if (role is not null)
        {
            delta["role"] = role;
        }

        return new JsonObject
        {
            ["id"] = "c1",
            ["object"] = "chat.completion.chunk",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
        }.ToJsonString();
    }

    public static string LastChunk(int completionTokens = 3, string finish = "stop")
    {
        var chunk = JsonNode.Parse(Chunk("", finish: finish))!.AsObject();
        chunk["usage"] = new JsonObject { ["prompt_tokens"] = 20, ["completion_tokens"] = completionTokens, ["total_tokens"] = 20 + completionTokens };
        return chunk.ToJsonString();
    }

    /// <summary>Never answers; ends when the caller goes.</summary>
    public async Task HangAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    [GeneratedRegex(@"(\d+) \+ (\d+)")]
    private static partial Regex SumPattern();
}
