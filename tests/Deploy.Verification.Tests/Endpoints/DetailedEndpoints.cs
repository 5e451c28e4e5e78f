using System.Text.Json.Nodes;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints that answer an ordinary question rightly; what they do with parameters, system messages, unknown parameters and harmful text differs.</summary>
internal static class DetailedEndpoints
{
    private const string Probe = "a text that the filter is configured to stop";
    private const string LongAnswer = "First we add the ones, then the tens, then the hundreds, and we carry where a column makes ten or more, until nothing is left to add.";

    public static IReadOnlyList<Behaviour> All =>
    [
        .. Parameters(), .. SystemMessages(), .. Extras(), .. Safety(),
    ];

    private static Behaviour[] Parameters() =>
    [
        Healthy("long answer cut at the limit", Limited(call => call.AnswerAsync(LongAnswer))),
        Healthy("counts the token that ends the answer", Limited(call => call.AnswerAsync("Let us see", finish: "length", change: Counts(17)))),
        Healthy("stop sequence ends the answer before anything was said", Stopped(call => call.AnswerAsync("", change: Counts(0)))),
        Healthy("limit without token counts", Limited(call => call.AnswerAsync("Let us see", finish: "length", change: body => body.Remove("usage")))),
        Fails("ignores max_tokens", "chat.parameters", EndpointErrors.LimitIgnored, Limited(call => call.JsonAsync(200, Completion(LongAnswer, 31)))),
        Fails("ignores max_tokens and does not count", "chat.parameters", EndpointErrors.LimitIgnored, Limited(call => call.JsonAsync(200, Completion(string.Concat(Enumerable.Repeat(LongAnswer, 8)), null)))),
        Fails("ignores max_tokens and lies about the count", "chat.parameters", EndpointErrors.LimitIgnored, Limited(call => call.JsonAsync(200, Completion(string.Concat(Enumerable.Repeat(LongAnswer, 8)), 16)))),
        Warns("cut answer ends with the finish reason stop", "chat.parameters", EndpointErrors.LimitNotTold, Limited(call => call.JsonAsync(200, Completion("First we add the ones", 16)))),
        Warns("ignores stop sequences", "chat.parameters", EndpointErrors.StopIgnored, Stopped(call => call.JsonAsync(200, Completion($"{call.Sum}", 3)))),
        Warns("keeps the stop sequence in the answer", "chat.parameters", EndpointErrors.StopIgnored, Stopped(call => call.JsonAsync(200, Completion($"{call.Sum}"[..($"{call.Sum}".IndexOf(call.Stop[0], StringComparison.Ordinal) + 1)], 3)))),
        Warns("refuses penalties", "chat.parameters", EndpointErrors.ParametersRefused, new()
        {
            Chat = call => call.Body!.ContainsKey("frequency_penalty") ? call.JsonAsync(422, """{"message":"frequency_penalty is not supported"}""") : call.AnswerAsync($"{call.Sum}"),
        }),
        Warns("refuses stop sequences", "chat.parameters", EndpointErrors.ParametersRefused, Stopped(call => call.JsonAsync(400, """{"message":"stop is not supported"}"""))),
        Warns("refuses small limits", "chat.parameters", EndpointErrors.ParametersRefused, Limited(call => call.JsonAsync(400, """{"message":"max_tokens must be at least 32"}"""))),
        Fails("breaks on stop sequences", "chat.parameters", EndpointErrors.ServiceFailed, Stopped(call => call.TextAsync(500, "KeyError: 'stop'"))),
        Unclear("throttles the second half", "chat.parameters", EndpointErrors.Throttled, Limited(call =>
        {
            call.Context.Response.Headers.RetryAfter = "3600";
            return call.JsonAsync(429, "{}");
        })),
    ];

    private static Behaviour[] SystemMessages() =>
    [
        Healthy("rewrites system messages", new() { Info = InfoOf("Phi-3.5-mini-instruct") }) with { Model = "Phi-3.5-mini-instruct" },
        Healthy("reports the same token count for every prompt", new()
        {
            Chat = call => call.AnswerAsync($"{call.Sum}", change: body => body["usage"] = JsonNode.Parse("""{"prompt_tokens":20,"completion_tokens":3,"total_tokens":23}""")),
        }),
        Healthy("wants no system message to be seen in the answer", WithSystem(call => call.AnswerAsync($"As a careful calculator I say: {call.Sum}"))),
        Fails("refuses system messages", "chat.system", EndpointErrors.SystemRefused, WithSystem(RefuseSystem)),
        Fails("refuses system messages behind a gateway", "chat.system", EndpointErrors.SystemRefused, WithSystem(call =>
        {
            call.Context.Response.Headers["ms-azureml-model-error-statuscode"] = "400";
            return call.TextAsync(424, "Conversation roles must alternate");
        })) with { Compute = ComputeKind.Managed },
        Fails("serverless does not rewrite system messages", "chat.system", EndpointErrors.SystemRefused, WithSystem(RefuseSystem, "Phi-3.5-mini-instruct")) with { Model = "Phi-3.5-mini-instruct" },
        Warns("image of a model without system messages", "chat.system", EndpointErrors.SystemUnsupported, WithSystem(RefuseSystem, "Phi-3.5-mini-instruct"))
            with { Model = "Phi-3.5-mini-instruct", Compute = ComputeKind.Managed },
        Warns("refuses system messages, model unknown", "chat.system", EndpointErrors.SystemUnsupported, WithSystem(RefuseSystem)) with { Model = null },
        Warns("drops system messages", "chat.system", EndpointErrors.SystemDropped, WithSystem(call =>
        {
            call.Body!["messages"]!.AsArray().RemoveAt(0);
            return call.AnswerAsync($"{call.Sum}");
        })),
        Fails("falls silent behind a system message", "chat.system", EndpointErrors.OnlyWhitespace, WithSystem(call => call.AnswerAsync("\n\n\n"))),
        Fails("loses the question behind a system message", "chat.system", EndpointErrors.CannedAnswer, WithSystem(call => call.AnswerAsync("I am ready to add two numbers."))),
        Fails("breaks on system messages", "chat.system", EndpointErrors.ServiceFailed, WithSystem(call => call.TextAsync(500, "TemplateError"))),
    ];

    private static Behaviour[] Extras() =>
    [
        Healthy("image that passes unknown parameters through", Unknown((_, _) => true)) with { Compute = ComputeKind.Managed },
        Healthy("image that passes through and refuses on request", Unknown((option, _) => option != "error")) with { Compute = ComputeKind.Managed },
        Healthy("model refuses what is passed through", Unknown((option, _) => option == "drop")),
        Healthy("refuses unknown parameters with 422", new()
        {
            Extras = async call =>
            {
                if (!EndpointScript.HasExtras(call) || call.ExtraParameters is not null)
                {
                    return true;
                }

                await call.JsonAsync(422, """{"status":422,"code":"parameter_not_supported","message":"no"}""");
                return false;
            },
        }),
        Warns("accepts unknown parameters", "chat.extra", EndpointErrors.ExtraAccepted, Unknown((_, _) => true)),
        Warns("accepts unknown parameters by default only", "chat.extra", EndpointErrors.ExtraAccepted, Unknown((option, _) => option != "error")),
        Warns("refuses to drop unknown parameters", "chat.extra", EndpointErrors.ExtraDropRefused, Unknown((_, _) => false)),
        Fails("breaks on unknown parameters", "chat.extra", EndpointErrors.ServiceFailed, new()
        {
            Extras = async call =>
            {
                if (!EndpointScript.HasExtras(call))
                {
                    return true;
                }

                await call.TextAsync(500, "TypeError: unexpected keyword");
                return false;
            },
        }),
    ];

    private static Behaviour[] Safety() =>
    [
        Healthy("filters the probe, shape A", Guarded(call => call.JsonAsync(400, """{"error":{"message":"filtered","type":null,"param":"prompt","code":"content_filter","status":400}}"""))) with { SafetyProbe = Probe, ContentSafety = true },
        Healthy("filters the probe, shape B", Guarded(call => call.JsonAsync(400, """{"status":400,"code":"content_filter","message":"filtered","param":"messages","type":null}"""))) with { SafetyProbe = Probe, ContentSafety = true },
        Healthy("filters the answer to the probe", Guarded(call => call.AnswerAsync("", finish: "content_filter"))) with { SafetyProbe = Probe, ContentSafety = true },
        Healthy("content safety is off", Guarded(call => call.AnswerAsync("Gladly."))) with { SafetyProbe = Probe, ContentSafety = false },
        Healthy("content safety without a probe", Guarded(call => call.AnswerAsync("Gladly."))) with { ContentSafety = true },
        Fails("answers the probe", "safety", EndpointErrors.NotFiltered, Guarded(call => call.AnswerAsync("Gladly."))) with { SafetyProbe = Probe, ContentSafety = true },
        Fails("the model declines and the filter does not", "safety", EndpointErrors.NotFiltered, Guarded(call => call.AnswerAsync($"I will not talk about {call.Question}."))) with { SafetyProbe = Probe, ContentSafety = true },
        Warns("refuses the probe in a way of its own", "safety", EndpointErrors.FilterUnusual, Guarded(call => call.JsonAsync(400, $$"""{"message":"blocked: {{call.Question}}"}"""))) with { SafetyProbe = Probe, ContentSafety = true },
        Fails("breaks on the probe", "safety", EndpointErrors.ServiceFailed, Guarded(call => call.JsonAsync(500, $$"""{"message":"{{call.Question}}"}"""))) with { SafetyProbe = Probe, ContentSafety = true },
    ];

    private static EndpointScript Limited(Func<ScriptedCall, Task> answer) => When(call => call.Question.Contains("Explain", StringComparison.Ordinal), answer);

    private static EndpointScript Stopped(Func<ScriptedCall, Task> answer) => When(call => call.Stop.Count > 0, answer);

    private static EndpointScript Guarded(Func<ScriptedCall, Task> answer) => When(call => call.Question == Probe, answer);

    private static EndpointScript WithSystem(Func<ScriptedCall, Task> answer, string model = "Phi-4-mini-instruct") => new()
    {
        Info = InfoOf(model),
        Chat = call => call.HasSystemMessage ? answer(call) : call.AnswerAsync($"{call.Sum}"),
    };

    private static EndpointScript When(Func<ScriptedCall, bool> condition, Func<ScriptedCall, Task> answer) =>
        new() { Chat = call => condition(call) ? answer(call) : call.AnswerAsync($"{call.Sum}") };

    private static EndpointScript Unknown(Func<string?, ScriptedCall, bool> accepts) => new()
    {
        Extras = async call =>
        {
            if (!EndpointScript.HasExtras(call) || accepts(call.ExtraParameters, call))
            {
                return true;
            }

            await call.JsonAsync(400, """{"detail":"Extra parameters are not allowed."}""");
            return false;
        },
    };

    private static Task RefuseSystem(ScriptedCall call) => call.JsonAsync(400, """{"error":{"message":"System role not supported"}}""");

    private static Func<ScriptedCall, Task> InfoOf(string model) => call => call.JsonAsync(200, $$"""{"model_name":"{{model}}","model_type":"chat-completion","model_provider_name":"Microsoft"}""");

    private static Action<JsonObject> Counts(int completion) => body => body["usage"] = new JsonObject { ["prompt_tokens"] = 40, ["completion_tokens"] = completion, ["total_tokens"] = 40 + completion };

    // As it is, with neither limit nor stop sequence kept.
    private static string Completion(string content, int? tokens)
    {
        var body = ScriptedCall.Completion(content);
        if (tokens is { } count)
        {
            Counts(count)(body);
        }
        else
        {
            body.Remove("usage");
        }

        return body.ToJsonString();
    }
}
