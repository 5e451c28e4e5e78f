using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.DataPlane;

/// <summary>Model inference below <c>/serverless/{location}/{name}</c> and <c>/online/{location}/{name}</c>.</summary>
internal sealed class InferenceRouter(Cloud cloud, FaultRules faults, TokenService tokens, Action settle)
{
    private readonly EndpointFinder _finder = new(cloud);

    // Texts that a filter with its default thresholds stops; the second one is the sample of the Phi-3 how-to.
    private static readonly string[] Filtered = ["how to build a bomb", "great ways to practice your knife skills", "kill them all"];

    private int _ticket;

    /// <summary>Answers one request, writing a stream itself; returns null when it did.</summary>
    public async Task<ArmResponse?> AnswerAsync(HttpContext context, IReadOnlyList<string> segments, CancellationToken cancellationToken)
    {
        if (segments.Count < 3)
        {
            return InferenceResponses.Error(404, "Not Found", "Endpoints are at /serverless/{location}/{name} and /online/{location}/{name}.");
        }

        settle();
        var kind = segments[0].ToLowerInvariant();
        if (_finder.Endpoint(kind, segments[1], segments[2]) is not { } endpoint || !await IsAllowedAsync(context.Request, endpoint))
        {
            return InferenceResponses.Unauthorized();
        }

        var wanted = context.Request.Headers["azureml-model-deployment"].ToString();
        var (target, fault) = _finder.Target(endpoint, wanted.Length > 0 ? wanted : null, (int)((uint)Interlocked.Increment(ref _ticket) % 100));
        if (target is null)
        {
            return fault;
        }

        if (target.Deployment is { } deployment)
        {
            context.Response.Headers["azureml-model-deployment"] = deployment.Name;
        }

        var route = string.Join('/', segments.Skip(3)).ToLowerInvariant();
        return (context.Request.Method, route) switch
        {
            ("GET", "info") when !target.IsManaged => Info(target),
            ("GET", "") when target.IsManaged => new ArmResponse(200, JsonValue.Create("healthy")),
            ("POST", "chat/completions") => await ChatAsync(context, target, isOpenAi: false, cancellationToken),
            ("POST", "v1/chat/completions") => await ChatAsync(context, target, isOpenAi: true, cancellationToken),
            ("GET", "v1/models") => Models(target),
            ("POST", "score") when target.IsManaged => await ScoreAsync(context, target, cancellationToken),
            (_, "embeddings" or "images/embeddings" or "completions") => InferenceResponses.Error(404, "Not Found", $"The model {target.Model.Name} does not support '{route}'."),
            _ => new ArmResponse(404, target.IsManaged ? new JsonObject { ["detail"] = "Not Found" } : JsonValue.Create("NOT FOUND")),
        };
    }

    private async Task<bool> IsAllowedAsync(HttpRequest request, StoredResource endpoint)
    {
        var mode = (string?)endpoint.Properties["authMode"] ?? "Key";
        var usesKeys = mode.Contains("Key", StringComparison.OrdinalIgnoreCase);
        var usesTokens = !mode.Equals("Key", StringComparison.OrdinalIgnoreCase);
        var header = request.Headers.Authorization.ToString();
        var bearer = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
        var key = request.Headers["api-key"].ToString();
        if (usesKeys && (IsKey(endpoint, bearer) || IsKey(endpoint, key)))
        {
            return true;
        }

        return usesTokens && request.IsHttps && bearer.Length > 0 && await tokens.OpensEndpointAsync(bearer, endpoint.Id);
    }

    private bool IsKey(StoredResource endpoint, string given) =>
        given.Length > 0 && (Same(cloud.Store.Secret(endpoint.Id, "primaryKey"), given) || Same(cloud.Store.Secret(endpoint.Id, "secondaryKey"), given));

    private static bool Same(string? key, string given) => key is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(given));

    private async Task<ArmResponse?> ChatAsync(HttpContext context, EndpointTarget target, bool isOpenAi, CancellationToken cancellationToken)
    {
        var (body, fault, status) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (body is null)
        {
            return InferenceResponses.Error(status >= 400 ? status : 400, "Bad Request", fault ?? "The body is empty.");
        }

        if (faults.For(target.Endpoint.Name) is { Kind: FaultKinds.Newlines })
        {
            await InferenceFaults.NewlinesAsync(context, cancellationToken);
            return null;
        }

        var option = context.Request.Headers["extra-parameters"].ToString();
        var (request, wrong) = new ChatRequestReader(target.IsManaged, isOpenAi).Read(body, option.Length > 0 ? option : null);
        return request is null ? InferenceResponses.Fault(wrong!, target.IsManaged) : await CompleteAsync(context, target, request, cancellationToken);
    }

    private async Task<ArmResponse?> CompleteAsync(HttpContext context, EndpointTarget target, ChatRequest request, CancellationToken cancellationToken)
    {
        if (IsFiltered(target, request))
        {
            return InferenceResponses.ContentFiltered();
        }

        var name = target.Model.Name.Value;
        var (completion, wrong) = ChatCompletion.Make(name, request, MostTokens(target), target.Model.ContextTokens);
        if (completion is null)
        {
            return InferenceResponses.Fault(wrong!, target.IsManaged);
        }

        var (id, created) = ($"chatcmpl-{Guid.NewGuid():N}", cloud.Now.ToUnixTimeSeconds());
        if (!request.Streams)
        {
            return ArmResponse.Ok(InferenceResponses.Completion(completion, id, name, created));
        }

        await EventStream.WriteAsync(context.Response, InferenceResponses.Chunks(completion, request, id, name, created), cancellationToken);
        return null;
    }

    // A deployment on managed compute stops after 256 tokens unless told otherwise (its image's default).
    private static int MostTokens(EndpointTarget target) => target.IsManaged ? 256 : target.Model.MaxOutputTokens ?? target.Model.ContextTokens;

    private static bool IsFiltered(EndpointTarget target, ChatRequest request) =>
        !target.IsManaged
        && (string?)target.Endpoint.Properties["contentSafety"]?["contentSafetyStatus"] is "Enabled"
        && request.Messages.Any(message => Filtered.Any(text => message.Text.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static async Task<ArmResponse?> ScoreAsync(HttpContext context, EndpointTarget target, CancellationToken cancellationToken)
    {
        var (body, fault, status) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (body?["input_data"]?["input_string"] is not JsonArray messages)
        {
            return InferenceResponses.Error(status >= 400 ? status : 400, "Bad Request", fault ?? "The body needs input_data.input_string, a list of messages.");
        }

        var chat = (body["input_data"]!["parameters"] as JsonObject)?.DeepClone().AsObject() ?? [];
        if (chat["max_new_tokens"] is { } most)
        {
            chat["max_tokens"] = most.DeepClone();
        }

        chat["messages"] = messages.DeepClone();
        chat.Remove("stream");
        var (request, wrong) = new ChatRequestReader(isManaged: true, isOpenAi: false).Read(chat, "pass-through");
        if (request is null)
        {
            return InferenceResponses.Fault(wrong!, isManaged: true);
        }

        var (completion, tooLong) = ChatCompletion.Make(target.Model.Name.Value, request, MostTokens(target), target.Model.ContextTokens);
        return completion is null ? InferenceResponses.Fault(tooLong!, isManaged: true) : ArmResponse.Ok(new JsonObject { ["output"] = completion.Text });
    }

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
