using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.DataPlane;

/// <summary>Model inference below <c>/serverless/{location}/{name}</c> and <c>/online/{location}/{name}</c>.</summary>
internal sealed class InferenceRouter(Cloud cloud, EndpointAuthentication authentication, ChatEndpoint chat, Action settle)
{
    // Has no factor in common with 100: hundred requests follow the weights exactly, and any few nearly.
    private const uint Stride = 37;

    private readonly EndpointFinder _finder = new(cloud);
    private int _ticket;

    /// <summary>Answers one request, writing a stream itself; returns null when it did.</summary>
    public async Task<ArmResponse?> AnswerAsync(HttpContext context, IReadOnlyList<string> segments, CancellationToken cancellationToken)
    {
        if (segments.Count < 3)
        {
            return InferenceErrors.Error(404, "Not Found", "Endpoints are at /serverless/{location}/{name} and /online/{location}/{name}.");
        }

        settle();
        var kind = segments[0].ToLowerInvariant();
        if (_finder.Endpoint(kind, segments[1], segments[2]) is not { } endpoint || !await authentication.AllowsAsync(context.Request, endpoint))
        {
            return InferenceErrors.Unauthorized();
        }

        var wanted = context.Request.Headers["azureml-model-deployment"].ToString();
        var (target, fault) = _finder.Target(endpoint, wanted.Length > 0 ? wanted : null, (int)((uint)Interlocked.Increment(ref _ticket) * Stride % 100));
        if (target is null)
        {
            return fault;
        }

        if (target.Deployment is { } deployment)
        {
            context.Response.Headers["azureml-model-deployment"] = deployment.Name;
        }

        var route = string.Join('/', segments.Skip(3)).ToLowerInvariant();
        return HttpMethods.IsPost(context.Request.Method) ? await PostAsync(context, target, route, cancellationToken) : Get(context.Request.Method, target, route);
    }

    private static ArmResponse Get(string method, EndpointTarget target, string route) => (method, route) switch
    {
        ("GET", "info") when !target.IsManaged => Info(target),
        ("GET", "") when target.IsManaged => new ArmResponse(200, JsonValue.Create("healthy")),
        ("GET", "v1/models") => Models(target),
        _ => InferenceErrors.NoSuchPath(target.IsManaged),
    };

    private async Task<ArmResponse?> PostAsync(HttpContext context, EndpointTarget target, string route, CancellationToken cancellationToken)
    {
        if (route is "embeddings" or "images/embeddings" or "v1/embeddings" || (route is "completions" or "v1/completions" && !target.IsManaged))
        {
            return InferenceErrors.Error(404, "Not Found", $"The model {target.Model.Name} does not support '{route}'.");
        }

        if (route is not ("chat/completions" or "v1/chat/completions") && !(target.IsManaged && route is "completions" or "v1/completions" or "score"))
        {
            return InferenceErrors.NoSuchPath(target.IsManaged);
        }

        var (body, fault, status) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (body is null)
        {
            return InferenceErrors.Error(status >= 400 ? status : 400, status == 413 ? "Payload Too Large" : "Bad Request", fault ?? "The body is empty.");
        }

        return route switch
        {
            "chat/completions" => await chat.AnswerAsync(context, target, body, Dialect.ModelInference),
            "v1/chat/completions" => await chat.AnswerAsync(context, target, body, Dialect.OpenAi),
            "score" => await AsChatAsync(context, target, TextCompletions.OfScore(body), TextCompletions.Score),
            _ => await AsChatAsync(context, target, TextCompletions.OfPrompt(body), TextCompletions.Completion),
        };
    }

    private async Task<ArmResponse?> AsChatAsync(HttpContext context, EndpointTarget target, (JsonObject? Chat, ChatFault? Fault) read, Func<JsonObject, JsonObject> shape) =>
        read.Chat is { } body ? await chat.AnswerAsync(context, target, body, Dialect.OpenAi, shape) : InferenceErrors.Of(read.Fault!, target.IsManaged);

    private static ArmResponse Info(EndpointTarget target) => ArmResponse.Ok(new JsonObject
    {
        ["model_name"] = target.Model.Name.Value,
        ["model_type"] = "chat-completions",
        ["model_provider_name"] = target.Model.Publisher,
    });

    private static ArmResponse Models(EndpointTarget target) => ArmResponse.Ok(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject { ["id"] = target.Model.Name.Value, ["object"] = "model", ["owned_by"] = target.Model.Publisher }),
    });
}
