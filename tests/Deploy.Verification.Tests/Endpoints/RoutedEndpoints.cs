using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints whose routes, names and headers are not where a client first looks.</summary>
internal static class RoutedEndpoints
{
    public static IReadOnlyList<Behaviour> All => [.. Routes(), .. Names(), .. Keys(), .. Deployments()];

    private static Behaviour[] Routes() =>
    [
        Healthy("OpenAI route of a Foundry resource", new() { Root = "/openai/v1" }) with { GivenUri = uri => new($"{uri}/openai/v1/"), Dialect = EndpointDialect.OpenAIV1 },
        Warns("OpenAI route of a Foundry resource with its operation", "connect", EndpointErrors.UriNotBase, new() { Root = "/openai/v1" })
            with { GivenUri = uri => new($"{uri}/openai/v1/chat/completions") },
        Healthy("models route of a Foundry resource, which wants the model's name", new()
        {
            Root = "/models",
            Info = call => call.TextAsync(404, ""),
            Chat = call => call.Body!.ContainsKey("model") ? call.AnswerAsync($"{call.Sum}") : call.JsonAsync(400, """{"error":{"code":"no_model_name","message":"No model specified in request."}}"""),
        }) with { GivenUri = uri => new($"{uri}/models"), Dialect = EndpointDialect.AzureInference },
        Fails("URI of a Foundry resource without its route", "chat.basic", EndpointErrors.RouteNotFound, new() { Root = "/openai/v1" }) with { Says = "/openai/v1." },
        Fails("path behind the base that is not there", "chat.basic", EndpointErrors.RouteNotFound, new()) with { GivenUri = uri => new($"{uri}/api/phi"), Says = "The URI should be " },
        Fails("only the scoring route", "chat.basic", EndpointErrors.RouteNotFound, new()
        {
            ServesAzureRoute = false,
            ServesOpenAIRoute = false,
            Info = call => call.TextAsync(404, ""),
            Missing = call => call.Route == "/score" ? call.JsonAsync(200, """{"output":"579"}""") : call.TextAsync(404, ""),
        }) with { Compute = ComputeKind.Managed, Says = "newer images have the chat route" },
        Healthy("Azure route that refuses the api-version, beside the OpenAI route", new()
        {
            Chat = call => call.Route == "/chat/completions" ? call.JsonAsync(400, """{"error":{"code":"UnsupportedApiVersion","message":"The api-version is not supported."}}""") : call.AnswerAsync($"{call.Sum}"),
        }) with { Dialect = EndpointDialect.OpenAIV1 },
        Healthy("OpenAI dialect only, without /info", new() { ServesAzureRoute = false, Info = call => call.TextAsync(404, "") }) with { Dialect = EndpointDialect.OpenAIV1 },
        Warns("/info leads to a sign-in page", "info", EndpointErrors.InfoMissing, new()
        {
            Info = call =>
            {
                call.Context.Response.Redirect("https://login.example.net/authorize?id=1");
                return Task.CompletedTask;
            },
        }),
        Warns("/info is a web page", "info", EndpointErrors.InfoMissing, new() { Info = call => call.WriteAsync(200, "text/html", "<!DOCTYPE html><html></html>") }),
    ];

    private static Behaviour[] Names() =>
    [
        Healthy("server that knows the model by another spelling", new()
        {
            ServesAzureRoute = false,
            Info = call => call.TextAsync(404, ""),
            Chat = call => Knows(call, "/models/phi4-mini-instruct") ? call.AnswerAsync($"{call.Sum}") : NoModel(call),
            Missing = call => call.Route == "/v1/models" ? call.JsonAsync(200, """{"object":"list","data":[{"id":"/models/phi4-mini-instruct"}]}""") : call.TextAsync(404, ""),
        }) with { Dialect = EndpointDialect.OpenAIV1 },
        Fails("server that has another model than the one asked for", "chat.basic", EndpointErrors.ModelDiffers, new()
        {
            ServesAzureRoute = false,
            Info = call => call.TextAsync(404, ""),
            Chat = call => Knows(call, "Phi-4") ? call.AnswerAsync($"{call.Sum}", change: body => body["model"] = "Phi-4") : NoModel(call),
            Missing = call => call.Route == "/v1/models" ? call.JsonAsync(200, """{"object":"list","data":[{"id":"Phi-4"}]}""") : call.TextAsync(404, ""),
        }),
        Fails("resource without a deployment of the name", "chat.basic", EndpointErrors.ModelNotServed, new()
        {
            Root = "/openai/v1",
            Chat = call => call.JsonAsync(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}"""),
        }) with { GivenUri = uri => new($"{uri}/openai/v1") },
        Fails("another vendor's model behind the right /info", "chat.basic", EndpointErrors.ModelDiffers, Named("gpt-4o-mini")),
        Fails("managed endpoint whose answers name another Phi", "chat.basic", EndpointErrors.ModelDiffers, Named("Phi-4", call => call.TextAsync(404, ""))) with { Compute = ComputeKind.Managed },
        Warns("answers name a sibling of the model in /info", "chat.basic", EndpointErrors.NamesDiffer, Named("phi-4")),
        Healthy("answers abbreviate the model's name", Named("phi4-mini")),
        Healthy("answers name the model's path", Named("/mnt/models/Phi-4-mini-instruct")),
        Healthy("answers name a tuned Phi on another's format", Named("phi-4-mini-instruct-llama-format")),
        Healthy("/info with the version behind the name", new() { Info = call => call.JsonAsync(200, """{"model_name":"Phi-4-mini-instruct:3","model_type":"chat-completion","model_provider_name":"Microsoft"}""") }),
        Healthy("/info with the display name", new() { Info = call => call.JsonAsync(200, """{"model_name":"Phi 4 Mini Instruct","model_type":"chat-completion","model_provider_name":"Microsoft"}""") }),
    ];

    private static Behaviour[] Keys() =>
    [
        Warns("key in the header api-key only", "auth.accepted", EndpointErrors.KeyHeaderOnly, new()
        {
            Authenticate = async call =>
            {
                if (call.Context.Request.Headers["api-key"] == EndpointScript.Key)
                {
                    return true;
                }

                await call.JsonAsync(401, """{"statusCode":401,"message":"Access denied due to missing subscription key."}""");
                return false;
            },
        }),
        Warns("wrong key gets a polite text with status 200", "auth.rejected", EndpointErrors.RefusalUnusual, new()
        {
            Authenticate = async call =>
            {
                if (call.Context.Request.Headers.Authorization == $"Bearer {EndpointScript.Key}")
                {
                    return true;
                }

                await call.AnswerAsync("Please use a valid key.");
                return false;
            },
        }),
        Fails("keys are turned off", "auth.accepted", EndpointErrors.AccessForbidden, new()
        {
            Authenticate = async call =>
            {
                await call.JsonAsync(403, """{"error":{"code":"AuthenticationTypeDisabled","message":"Key based authentication is disabled for this resource."}}""");
                return false;
            },
        }) with { Wait = TimeSpan.FromMinutes(5), Says = "Use Entra tokens" },
    ];

    private static Behaviour[] Deployments() =>
    [
        Managed(Healthy("gateway names the deployment that answers", Behind(call => call.Deployment ?? "blue"))),
        Managed(Fails("gateway that ignores the deployment's name", "chat.basic", EndpointErrors.DeploymentFailed, Behind(_ => "blue"))),
    ];

    private static EndpointScript Behind(Func<ScriptedCall, string> deployment) => new()
    {
        Chat = call =>
        {
            call.Context.Response.Headers["azureml-model-deployment"] = deployment(call);
            return call.AnswerAsync($"{call.Sum}");
        },
    };

    private static Behaviour Managed(Behaviour behaviour) => behaviour with { Compute = ComputeKind.Managed, Deployments = ["blue", "green"] };

    private static EndpointScript Named(string model, Func<ScriptedCall, Task>? info = null) =>
        new() { Info = info ?? EndpointScript.DefaultInfo, Chat = call => call.AnswerAsync($"{call.Sum}", change: body => body["model"] = model) };

    private static bool Knows(ScriptedCall call, string model) => call.Body!["model"]?.GetValue<string>() == model;

    private static Task NoModel(ScriptedCall call) =>
        call.JsonAsync(404, """{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404}""");
}
