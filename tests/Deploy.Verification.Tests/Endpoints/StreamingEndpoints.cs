using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints whose whole answers are fine and whose streams are not.</summary>
internal static class StreamingEndpoints
{
    public static IReadOnlyList<Behaviour> All =>
    [
        Fails("ignores stream:true", "chat.stream", EndpointErrors.NotStreamed, new() { Stream = call => call.AnswerAsync($"{call.Sum}") }),
        Fails("stream of newlines", "chat.stream", EndpointErrors.OnlyWhitespace, Streams(call => call.RawAsync(new string('\n', 300)))),
        Fails("stream with content of newlines", "chat.stream", EndpointErrors.OnlyWhitespace, new() { Stream = call => call.StreamAnswerAsync("\n\n\n\n") }),
        Fails("empty stream", "chat.stream", EndpointErrors.StreamEmpty, Streams(_ => Task.CompletedTask)),
        Fails("stream of a role and nothing else", "chat.stream", EndpointErrors.EmptyAnswer, new() { Stream = call => call.StreamAnswerAsync("") }),
        Fails("bad JSON in a chunk", "chat.stream", EndpointErrors.StreamMalformed, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk("1", role: "assistant"));
            await call.EventAsync("{\"choices\":[{");
            await call.EventAsync("[DONE]");
        })),
        Fails("error event", "chat.stream", EndpointErrors.StreamError, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk("1", role: "assistant"));
            await call.RawAsync("event: error\ndata: {\"message\":\"worker died\"}\n\n");
        })),
        Fails("error inside a chunk", "chat.stream", EndpointErrors.StreamError, Streams(call => call.EventAsync("""{"error":{"message":"worker died"}}"""))),
        Fails("connection breaks in the stream", "chat.stream", EndpointErrors.StreamIncomplete, new()
        {
            Stream = async call =>
            {
                call.Context.Response.ContentLength = 10_000;
                await call.StartStreamAsync();
                await call.EventAsync(ScriptedCall.Chunk("1", role: "assistant"));
            },
        }),
        Fails("stream stalls", "chat.stream", EndpointErrors.StreamIncomplete, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk("1", role: "assistant"));
            await call.HangAsync();
        })) with { Timeout = TimeSpan.FromSeconds(1) },
        Fails("stream ends without any end", "chat.stream", EndpointErrors.StreamIncomplete, Streams(call => call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant")))),
        Fails("stream without finish reason", "chat.stream", EndpointErrors.StreamNoFinish, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
            await call.EventAsync("[DONE]");
        })),
        Fails("stream of a wrong answer", "chat.stream", EndpointErrors.WrongAnswer, new() { Stream = call => call.StreamAnswerAsync($"{call.Sum - 1}") }),
        Fails("stream of a canned answer", "chat.stream", EndpointErrors.CannedAnswer, new() { Stream = call => call.StreamAnswerAsync("Hi there!") }),
        Fails("stream route fails", "chat.stream", EndpointErrors.ServiceFailed, new() { Stream = call => call.TextAsync(500, "no streaming here") }),
        Fails("stream over 4 MiB", "chat.stream", EndpointErrors.BodyTooLarge, Streams(call => call.EventAsync(ScriptedCall.Chunk(new string('x', (4 * 1024 * 1024) + 1), role: "assistant")))),
        Warns("stream without [DONE]", "chat.stream", EndpointErrors.StreamNoDone, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
            await call.EventAsync(ScriptedCall.LastChunk());
        })),
        Warns("[DONE] without its empty line", "chat.stream", EndpointErrors.StreamNoDone, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
            await call.EventAsync(ScriptedCall.LastChunk());
            await call.RawAsync("data: [DONE]\n");
        })),
        Warns("stream without token counts", "chat.stream", EndpointErrors.UsageMissing, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
            await call.EventAsync(ScriptedCall.Chunk("", finish: "stop"));
            await call.EventAsync("[DONE]");
        })),
        Warns("stream without a role", "chat.stream", EndpointErrors.StreamDeviation, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}"));
            await call.EventAsync(ScriptedCall.LastChunk());
            await call.EventAsync("[DONE]");
        })),
        Warns("long answer in one piece", "chat.stream", EndpointErrors.StreamBuffered, Streams(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"The sum of the two numbers is {call.Sum}.", role: "assistant"));
            await call.EventAsync(ScriptedCall.LastChunk(completionTokens: 12));
            await call.EventAsync("[DONE]");
        })),
    ];

    private static EndpointScript Streams(Func<ScriptedCall, Task> write) => new()
    {
        Stream = async call =>
        {
            await call.StartStreamAsync();
            await write(call);
        },
    };
}
