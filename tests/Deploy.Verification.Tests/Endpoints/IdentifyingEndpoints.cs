using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints whose chat is fine and whose <c>/info</c> is not.</summary>
internal static class IdentifyingEndpoints
{
    public static IReadOnlyList<Behaviour> All =>
    [
        Fails("another model answers", "info", EndpointErrors.ModelDiffers, Info(200, """{"model_name":"Phi-4","model_type":"chat-completion","model_provider_name":"Microsoft"}""")),
        Fails("an embeddings model", "info", EndpointErrors.NotAChatModel, Info(200, """{"model_name":"Phi-4-mini-instruct","model_type":"embeddings","model_provider_name":"x"}""")),
        Fails("/info of newlines", "info", EndpointErrors.InfoUnreadable, Info(200, "\n\n\n")),
        Fails("/info of another service", "info", EndpointErrors.InfoUnreadable, Info(200, """{"version":"1.0"}""")),
        Fails("/info fails", "info", EndpointErrors.ServiceFailed, Info(500, "{}")),
        Fails("/info hangs", "info", EndpointErrors.NoAnswerInTime, new() { Info = call => call.HangAsync() }) with { Timeout = TimeSpan.FromSeconds(2) },
        Warns("serverless without /info", "info", EndpointErrors.InfoMissing, Info(404, "{}")),
        Warns("/info without a type", "info", EndpointErrors.ModelUnnamed, Info(200, """{"model_name":"Phi-4-mini-instruct"}""")),
        Fails("managed with another model", "info", EndpointErrors.ModelDiffers, Info(200, """{"model_name":"Phi-4","model_type":"chat-completion"}""")) with { Compute = ComputeKind.Managed },
        Healthy("/info is throttled at first", new()
        {
            Info = call =>
            {
                if (call.Script.Chats > 0)
                {
                    return EndpointScript.DefaultInfo(call);
                }

                call.Context.Response.Headers.RetryAfter = "2";
                return call.JsonAsync(429, "{}");
            },
        }) with { Timeout = TimeSpan.FromSeconds(7) },
        Unclear("/info is throttled for long", "info", EndpointErrors.Throttled, new()
        {
            Info = call =>
            {
                call.Context.Response.Headers.RetryAfter = "3600";
                return call.JsonAsync(429, "{}");
            },
        }),
    ];

    private static EndpointScript Info(int status, string json) => new() { Info = call => call.JsonAsync(status, json) };
}
