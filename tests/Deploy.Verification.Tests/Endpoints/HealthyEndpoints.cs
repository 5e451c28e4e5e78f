using System.Text.Json.Nodes;
using Deploy.Environments.Settings;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints that work, each with a peculiarity that is nothing to complain about.</summary>
internal static class HealthyEndpoints
{
    public static IReadOnlyList<Behaviour> All =>
    [
        Healthy("healthy serverless", new()) with { Dialect = EndpointDialect.Both },
        Healthy("azure dialect only", new() { ServesOpenAIRoute = false }) with { Dialect = EndpointDialect.AzureInference },
        Healthy("openai dialect only", new() { ServesAzureRoute = false }) with { Dialect = EndpointDialect.OpenAIV1 },
        Healthy("managed without /info", new() { Info = call => call.TextAsync(404, "NOT FOUND") }) with { Compute = ComputeKind.Managed },
        Healthy("managed whose proxy answers 502 for /info", new() { Info = call => call.JsonAsync(502, """{"error":"Downstream unavailable"}""") })
            with { Compute = ComputeKind.Managed },
        Healthy("talkative model", new() { Chat = call => call.AnswerAsync($"Sure! The sum of {call.Left} and {call.Right} is **{call.Sum}**. Anything else?") }),
        Healthy("answer with thousands separator", new() { Chat = call => call.AnswerAsync($"{call.Sum:N0}.") }),
        Healthy("answer in LaTeX", new() { Chat = call => call.AnswerAsync($"\\boxed{{{call.Sum}}}") }),
        Healthy("answer repeats the sum with its result", new() { Chat = call => call.AnswerAsync($" {call.Left} + {call.Right} = {call.Sum}\n") }),
        Healthy("reasoning model with its thoughts", new() { Chat = call => call.AnswerAsync($"<think>{call.Left} and {call.Right}, carry one</think>\n\n{call.Sum}") }),
        Healthy("thoughts longer than the first limit", new()
        {
            Chat = call => call.MaxTokens < 1000
                ? call.AnswerAsync("<think>Let me add the hundreds first, then", finish: "length")
                : call.AnswerAsync($"<think>long thoughts</think>{call.Sum}"),
            Stream = call => call.MaxTokens < 1000 ? call.StreamAnswerAsync("cut") : call.StreamAnswerAsync($"{call.Sum}"),
        }),
        Healthy("model name in other letter case", new() { Info = call => call.JsonAsync(200, """{"model_name":"phi-4-MINI-Instruct","model_type":"chat-completions","model_provider_name":"Microsoft"}""") }),
        Healthy("nulls where nothing is", new()
        {
            Chat = call => call.AnswerAsync($"{call.Sum}", change: body =>
            {
                body["choices"]![0]!["message"]!["tool_calls"] = null;
                body["choices"]![0]!["logprobs"] = null;
                body["error"] = null;
            }),
        }),
        Healthy("content type with charset", new() { Chat = call => call.AnswerAsync($"{call.Sum}", contentType: "application/json; charset=utf-8") }),
        Healthy("reasoning tokens counted in the total", new()
        {
            Chat = call => call.AnswerAsync($"{call.Sum}", change: body => body["usage"] = JsonNode.Parse(
                """{"prompt_tokens":20,"completion_tokens":3,"total_tokens":123,"completion_tokens_details":{"reasoning_tokens":100}}""")),
        }),
        Healthy("throttled once, with a short Retry-After", new()
        {
            Chat = call =>
            {
                if (call.Number > 1)
                {
                    return call.AnswerAsync($"{call.Sum}");
                }

                call.Context.Response.Headers["retry-after-ms"] = "5";
                return call.JsonAsync(429, """{"error":{"code":"429","message":"slow down"}}""");
            },
        }),
        Healthy("stream with comments and an empty choice list", new()
        {
            Stream = async call =>
            {
                await call.StartStreamAsync();
                await call.RawAsync(": keep-alive\n\n");
                await call.EventAsync("""{"choices":[],"prompt_filter_results":[]}""");
                await call.EventAsync(ScriptedCall.Chunk($"{call.Sum}", role: "assistant"));
                await call.EventAsync(ScriptedCall.LastChunk());
                await call.EventAsync("[DONE]");
            },
        }),
        Healthy("connection stays open behind [DONE]", new()
        {
            Stream = async call =>
            {
                await call.StreamAnswerAsync($"{call.Sum}");
                await call.HangAsync();
            },
        }),
        Healthy("refuses with 403 instead of 401", new()
        {
            Authenticate = async call =>
            {
                if (call.Context.Request.Headers.Authorization == $"Bearer {EndpointScript.Key}")
                {
                    return true;
                }

                await call.JsonAsync(403, """{"message":"no"}""");
                return false;
            },
        }),
        Healthy("key with a newline at its end", new()) with { Key = EndpointScript.Key + "\n" },
        Healthy("nothing is expected of the model", new()) with { Model = null },
    ];
}
