using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Managed endpoints with the deployments blue, which gets the traffic, and green.</summary>
internal static class DeployedEndpoints
{
    public static IReadOnlyList<Behaviour> All =>
    [
        Managed(Healthy("both deployments answer", new())),
        Managed(Fails("dead deployment behind a healthy endpoint", "chat.basic", EndpointErrors.DeploymentFailed, Green(call =>
        {
            call.Context.Response.Headers["ms-azureml-model-error-statuscode"] = "500";
            call.Context.Response.Headers["ms-azureml-model-error-reason"] = "model_error";
            return call.TextAsync(424, "failed dependency");
        }))),
        Managed(Fails("deployment that is not there", "chat.basic", EndpointErrors.DeploymentFailed, Green(call => call.TextAsync(404, "")))),
        Managed(Fails("deployment with newlines only", "chat.basic", EndpointErrors.DeploymentFailed, Green(call => call.AnswerAsync("\n\n\n")))),
        Managed(Fails("deployment with another answer to everything", "chat.basic", EndpointErrors.DeploymentFailed, Green(call => call.AnswerAsync("Hello!")))),
        Managed(Unclear("deployment that is throttled", "chat.basic", EndpointErrors.DeploymentUnclear, Green(call =>
        {
            call.Context.Response.Headers.RetryAfter = "3600";
            return call.JsonAsync(429, "{}");
        }))),
        Managed(Fails("no traffic, and every deployment answers by name", "chat.basic", EndpointErrors.NoTraffic, new()
        {
            Info = call => call.TextAsync(404, ""),
            Chat = call => call.Deployment is null ? call.TextAsync(404, "") : call.AnswerAsync($"{call.Sum}"),
        })),
        Managed(Fails("traffic on the dead deployment", "chat.basic", EndpointErrors.NotReady, new()
        {
            Chat = call => call.Deployment == "green" ? call.AnswerAsync($"{call.Sum}") : call.TextAsync(424, "not ready"),
        })),
    ];

    private static EndpointScript Green(Func<ScriptedCall, Task> answer) =>
        new() { Chat = call => call.Deployment == "green" ? answer(call) : call.AnswerAsync($"{call.Sum}") };

    private static Behaviour Managed(Behaviour behaviour) => behaviour with { Compute = ComputeKind.Managed, Deployments = ["blue", "green"] };
}
