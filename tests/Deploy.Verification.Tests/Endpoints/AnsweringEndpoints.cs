using System.Text.Json.Nodes;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints that answer 200, and something is wrong with what they say.</summary>
internal static class AnsweringEndpoints
{
    public static IReadOnlyList<Behaviour> All =>
    [
        Fails("200 with newlines only", "chat.basic", EndpointErrors.OnlyWhitespace, new() { Chat = call => call.WriteAsync(200, "application/json", new string('\n', 200)) }),
        Fails("content of newlines only", "chat.basic", EndpointErrors.OnlyWhitespace, Says(_ => "\n\n\n\n\n\n\n\n")),
        Fails("empty body", "chat.basic", EndpointErrors.EmptyAnswer, new() { Chat = call => call.WriteAsync(200, "application/json", "") }),
        Fails("empty content", "chat.basic", EndpointErrors.EmptyAnswer, Says(_ => "")),
        Fails("null content", "chat.basic", EndpointErrors.EmptyAnswer, Says(_ => null)),
        Fails("echo of the question", "chat.basic", EndpointErrors.Echo, Says(call => call.Question)),
        Fails("echo of the sum", "chat.basic", EndpointErrors.Echo, Says(call => $"You asked: {call.Left}+{call.Right}")),
        Fails("canned answer", "chat.basic", EndpointErrors.CannedAnswer, Says(_ => "Hello! How can I help you today?")),
        Fails("canned number", "chat.basic", EndpointErrors.CannedAnswer, Says(_ => "42")),
        Fails("wrong number", "chat.basic", EndpointErrors.WrongAnswer, Says(call => $"{call.Sum + 1}")),
        Fails("sum inside a longer number", "chat.basic", EndpointErrors.WrongAnswer, Says(call => $"1{call.Sum}7")),
        Fails("sum as a decimal's part", "chat.basic", EndpointErrors.WrongAnswer, Says(call => $"0.{call.Sum}")),
        Fails("list of many numbers", "chat.basic", EndpointErrors.WrongAnswer, Says(call => string.Join(' ', Enumerable.Range(150 + call.Number, 1900)))),
        Fails("word salad", "chat.basic", EndpointErrors.WrongAnswer, Says(call => $"the of {call.Number} and a in that is was he for it with as his on be at by I")),
        Fails("degenerate repetition", "chat.basic", EndpointErrors.Degenerate, Says(_ => string.Concat(Enumerable.Repeat("the the ", 40)))),
        Fails("right sum without an end", "chat.basic", EndpointErrors.Degenerate, Says(call => string.Concat(Enumerable.Repeat($"{call.Sum}\n", 60)))),
        Warns("wrong once", "chat.basic", EndpointErrors.OneAnswerWrong, Says(call => call.Number == 1 ? "999999" : $"{call.Sum}")),
        Fails("always cut by length", "chat.basic", EndpointErrors.CutByLength, new() { Chat = call => call.AnswerAsync("Let us think about", finish: "length") }),
        Fails("answer filtered", "chat.basic", EndpointErrors.BenignFiltered, new() { Chat = call => call.AnswerAsync("", finish: "content_filter") }),
        Fails("calls a tool", "chat.basic", EndpointErrors.ToolCalled, new() { Chat = call => call.AnswerAsync(null, finish: "tool_calls") }),
        Fails("not JSON", "chat.basic", EndpointErrors.NotJson, new() { Chat = call => call.TextAsync(200, "all is well") }),
        Fails("JSON that ends in the middle", "chat.basic", EndpointErrors.BodyTruncated, new() { Chat = call => call.JsonAsync(200, ScriptedCall.Completion($"{call.Sum}").ToJsonString()[..^30]) }),
        Fails("JSON of another service", "chat.basic", EndpointErrors.WrongShape, new() { Chat = call => call.JsonAsync(200, """{"status":"healthy"}""") }),
        Fails("answer of the scoring route", "chat.basic", EndpointErrors.WrongShape, new() { Chat = call => call.JsonAsync(200, $$"""{"output":"{{call.Sum}}"}""") }),
        Fails("a JSON list", "chat.basic", EndpointErrors.WrongShape, new() { Chat = call => call.JsonAsync(200, "[]") }),
        Fails("no choices", "chat.basic", EndpointErrors.WrongShape, Changes(body => body["choices"] = new JsonArray())),
        Fails("error inside 200", "chat.basic", EndpointErrors.ErrorInSuccess, new() { Chat = call => call.JsonAsync(200, """{"error":{"message":"boom"}}""") }),
        Fails("wrong role", "chat.basic", EndpointErrors.WrongRole, new() { Chat = call => call.AnswerAsync($"{call.Sum}", role: "user") }),
        Fails("contradicting token counts", "chat.basic", EndpointErrors.UsageWrong, Changes(body => body["usage"]!["total_tokens"] = 7)),
        Fails("answer that cost no token", "chat.basic", EndpointErrors.UsageWrong, Changes(body => body["usage"] = JsonNode.Parse("""{"prompt_tokens":20,"completion_tokens":0,"total_tokens":20}"""))),
        Warns("missing token counts", "chat.basic", EndpointErrors.UsageMissing, Changes(body => body.Remove("usage"))),
        Warns("missing finish reason", "chat.basic", EndpointErrors.FinishReasonMissing, new() { Chat = call => call.AnswerAsync($"{call.Sum}", finish: null) }),
        Warns("unknown finish reason", "chat.basic", EndpointErrors.FinishReasonMissing, new() { Chat = call => call.AnswerAsync($"{call.Sum}", finish: "eos_token") }),
        Warns("JSON as text/plain", "chat.basic", EndpointErrors.WrongContentType, new() { Chat = call => call.AnswerAsync($"{call.Sum}", contentType: "text/plain") }),
        Warns("wrong object name", "chat.basic", EndpointErrors.Deviation, Changes(body => body["object"] = "text_completion")),
    ];

    private static EndpointScript Says(Func<ScriptedCall, string?> content) => new() { Chat = call => call.AnswerAsync(content(call)) };

    private static EndpointScript Changes(Action<JsonObject> change) => new() { Chat = call => call.AnswerAsync($"{call.Sum}", change: change) };
}
