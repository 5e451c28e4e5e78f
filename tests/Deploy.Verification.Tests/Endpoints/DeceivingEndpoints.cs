using System.IO.Compression;
using System.Text;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints that look like something else than they are, in both directions.</summary>
internal static class DeceivingEndpoints
{
    public static IReadOnlyList<Behaviour> All => [.. Answers(), .. Refusals(), .. Streams()];

    private static Behaviour[] Answers() =>
    [
        Healthy("byte order mark before the answer", new() { Chat = call => call.WriteAsync(200, "application/json", "\uFEFF" + call.Answer($"{call.Sum}")) }),
        Healthy("newlines before the answer", new() { Chat = call => call.WriteAsync(200, "application/json", "\n\n\n\n" + call.Answer($"{call.Sum}")) }),
        Healthy("compressed although not asked for", new()
        {
            Chat = async call =>
            {
                call.Context.Response.ContentType = "application/json";
                call.Context.Response.Headers.ContentEncoding = "gzip";
                await using var compressed = new GZipStream(call.Context.Response.Body, CompressionLevel.Fastest);
                await compressed.WriteAsync(Encoding.UTF8.GetBytes(call.Answer($"{call.Sum}")));
            },
        }),
        Fails("answers lag one question behind", "chat.basic", EndpointErrors.MixedUp, Lagging()),
        Fails("first answer is cached for every question", "chat.system", EndpointErrors.CannedAnswer, Cached()) with { Says = "a cache" },
        Fails("status 200 around an error of the gateway", "chat.basic", EndpointErrors.ErrorInSuccess, Says("""{"statusCode":429,"message":"Rate limit is exceeded."}""")),
        Fails("status 200 around a problem document", "chat.basic", EndpointErrors.ErrorInSuccess, Says("""{"type":"about:blank","title":"Bad Gateway","status":502}""")),
        Fails("right number in a text that goes on about others", "chat.basic", EndpointErrors.WrongAnswer, new() { Chat = call => call.AnswerAsync(string.Join(", ", Enumerable.Range(call.Sum - 20, 40))) }),
        Fails("negated sum", "chat.basic", EndpointErrors.WrongAnswer, new() { Chat = call => call.AnswerAsync($"-{call.Sum}") }),
        Fails("thoughts with the sum, and another answer", "chat.basic", EndpointErrors.WrongAnswer, new() { Chat = call => call.AnswerAsync($"<think>{call.Sum}</think>{call.Sum + call.Number}") }),
        Fails("token counts as texts", "chat.basic", EndpointErrors.UsageWrong, new()
        {
            Chat = call => call.AnswerAsync($"{call.Sum}", change: body => body["usage"] = System.Text.Json.Nodes.JsonNode.Parse("""{"prompt_tokens":"20","completion_tokens":"3","total_tokens":"23"}""")),
        }),
    ];

    private static Behaviour[] Refusals() =>
    [
        Unclear("container is throttled behind its gateway", "chat.basic", EndpointErrors.Throttled, Model("429", "Too Many Requests")) with { Compute = ComputeKind.Managed },
        Fails("container is starting behind its gateway", "chat.basic", EndpointErrors.NotReady, Model("503", "Service Unavailable")) with { Compute = ComputeKind.Managed },
        Fails("container is too slow for its gateway", "chat.basic", EndpointErrors.RequestTimedOut, Model("504", "Gateway Timeout")) with { Compute = ComputeKind.Managed },
        Warns("image refuses temperature behind its gateway", "chat.basic", EndpointErrors.ParametersRefused, new()
        {
            Chat = call =>
            {
                if (!call.Body!.ContainsKey("temperature"))
                {
                    return call.AnswerAsync($"{call.Sum}");
                }

                call.Context.Response.Headers["ms-azureml-model-error-statuscode"] = "400";
                return call.TextAsync(424, "temperature is not supported");
            },
        }) with { Compute = ComputeKind.Managed },
        Unclear("too many requests pending on managed compute", "chat.basic", EndpointErrors.Throttled, new() { Chat = call => call.TextAsync(429, "") })
            with { Compute = ComputeKind.Managed, Timeout = TimeSpan.FromSeconds(2), Says = "maxConcurrentRequestsPerInstance" },
        Unclear("two words on how long to wait", "chat.basic", EndpointErrors.Throttled, Throttled(("Retry-After", "0, 3600"))),
        Unclear("milliseconds and seconds to wait disagree", "chat.basic", EndpointErrors.Throttled, Throttled(("retry-after-ms", "1"), ("Retry-After", "3600"))),
        Unclear("negative time to wait", "chat.basic", EndpointErrors.Throttled, Throttled(("Retry-After", "-5"))) with { Timeout = TimeSpan.FromSeconds(2) },
    ];

    private static Behaviour[] Streams() =>
    [
        Warns("stream by another name", "chat.stream", EndpointErrors.WrongContentType, Stream(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
            await call.EventAsync(ScriptedCall.LastChunk());
            await call.EventAsync("[DONE]");
        }, contentType: "text/plain")),
        Healthy("stream with carriage returns", Stream(async call =>
        {
            await call.RawAsync($"data: {ScriptedCall.Chunk($"{call.Sum}", role: "assistant")}\r\n\r\n");
            await call.RawAsync($"data:{ScriptedCall.LastChunk()}\r\n\r\ndata: [DONE]\r\n\r\n");
        })),
        Warns("longer stream collected on the way", "chat.stream", EndpointErrors.StreamBuffered, Longer(call => PiecesAsync(call, silence: 400, between: 0))),
        Warns("longer stream collected behind early headers", "chat.stream", EndpointErrors.StreamBuffered, Longer(async call =>
        {
            await call.RawAsync(": headers are here\n\n");
            await PiecesAsync(call, silence: 400, between: 0);
        })),
        Warns("longer stream in one piece", "chat.stream", EndpointErrors.StreamBuffered, Longer(call => EndAsync(call, "First we add the ones, then the tens, then the hundreds."))),
        Healthy("model that takes its time and then streams", Longer(call => PiecesAsync(call, silence: 300, between: 8))),
        Fails("longer stream breaks off", "chat.stream", EndpointErrors.StreamIncomplete, new()
        {
            Stream = async call =>
            {
                if (!call.Question.Contains("Explain", StringComparison.Ordinal))
                {
                    await call.StreamAnswerAsync($"{call.Sum}");
                    return;
                }

                call.Context.Response.ContentLength = 10_000;
                await call.StartStreamAsync();
                await call.EventAsync(ScriptedCall.Chunk("First we", role: "assistant"));
            },
        }),
        Fails("[DONE] comes before the end", "chat.stream", EndpointErrors.StreamNoFinish, Stream(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
            await call.EventAsync("[DONE]");
            await call.EventAsync(ScriptedCall.LastChunk());
        })),
        Warns("content behind the finish reason", "chat.stream", EndpointErrors.StreamDeviation, Stream(async call =>
        {
            await call.EventAsync(ScriptedCall.Chunk("", role: "assistant"));
            await call.EventAsync(ScriptedCall.LastChunk());
            await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}"));
            await call.EventAsync("[DONE]");
        })),
    ];

    private static EndpointScript Lagging()
    {
        var before = 100_000;
        return new()
        {
            Chat = call =>
            {
                (var answer, before) = (before, call.Sum);
                return call.AnswerAsync($"{answer}");
            },
        };
    }

    private static EndpointScript Cached()
    {
        int? first = null;
        return new() { Chat = call => call.AnswerAsync($"{first ??= call.Sum}") };
    }

    private static EndpointScript Says(string json) => new() { Chat = call => call.JsonAsync(200, json) };

    private static EndpointScript Model(string status, string reason) => new()
    {
        Chat = call =>
        {
            call.Context.Response.Headers["ms-azureml-model-error-statuscode"] = status;
            call.Context.Response.Headers["ms-azureml-model-error-reason"] = reason;
            return call.TextAsync(424, "failed dependency");
        },
    };

    private static EndpointScript Throttled(params (string Name, string Value)[] headers) => new()
    {
        Chat = call =>
        {
            foreach (var (name, value) in headers)
            {
                call.Context.Response.Headers[name] = value;
            }

            return call.JsonAsync(429, "{}");
        },
    };

    private static EndpointScript Stream(Func<ScriptedCall, Task> write, string contentType = "text/event-stream") => new()
    {
        Stream = async call =>
        {
            call.Context.Response.ContentType = contentType;
            await call.Context.Response.StartAsync();
            await write(call);
        },
    };

    private static EndpointScript Longer(Func<ScriptedCall, Task> write) => new()
    {
        Stream = async call =>
        {
            if (call.Question.Contains("Explain", StringComparison.Ordinal))
            {
                await call.StartStreamAsync();
                await write(call);
            }
            else
            {
                await call.StreamAnswerAsync($"{call.Sum}");
            }
        },
    };

    private static async Task PiecesAsync(ScriptedCall call, int silence, int between)
    {
        await Task.Delay(silence, call.Context.RequestAborted);
        for (var number = 0; number < 12; number++)
        {
            await call.EventAsync(ScriptedCall.Chunk($"word{number} ", role: number == 0 ? "assistant" : null));
            if (between > 0)
            {
                await Task.Delay(between, call.Context.RequestAborted);
            }
        }

        await call.EventAsync(ScriptedCall.LastChunk(completionTokens: 32, finish: "length"));
        await call.EventAsync("[DONE]");
    }

    private static async Task EndAsync(ScriptedCall call, string text)
    {
        await call.EventAsync(ScriptedCall.Chunk(text, role: "assistant"));
        await call.EventAsync(ScriptedCall.LastChunk(completionTokens: 14));
        await call.EventAsync("[DONE]");
    }
}
