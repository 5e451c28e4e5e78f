using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Builds the requests of one endpoint.</summary>
internal sealed class ChatRequests(InferenceRoutes routes, Authorization authorization)
{
    public const string DeploymentHeader = "azureml-model-deployment";

    /// <summary>The name that the OpenAI dialect demands, and routes that serve several models; the others ignore it and are not given any.</summary>
    public string ModelName { get; set; } = "default";

    /// <summary>The header that opens the endpoint.</summary>
    public Authorization Authorization { get; set; } = authorization;

    /// <summary>The same for another base.</summary>
    public ChatRequests At(InferenceRoutes other) => new(other, Authorization) { ModelName = ModelName };

    public ProbeRequest Info() => new() { Method = RequestMethod.Get, Uri = routes.Info, Authorization = Authorization };

    public ProbeRequest Models() => new() { Method = RequestMethod.Get, Uri = routes.Models, Authorization = Authorization };

    /// <summary>A request that should be refused.</summary>
    /// <param name="credential">Shown instead of the endpoint's own; null for a request without any.</param>
    public ProbeRequest Refused(ChatForm form, Authorization? credential) => Chat(form) with { Authorization = credential, ExpectsRefusal = true };

    public ProbeRequest Chat(ChatForm form) => new()
    {
        Method = RequestMethod.Post,
        Uri = routes.Chat(form.Dialect),
        Body = Body(form),
        Headers = Headers(form),
        Authorization = Authorization,
        WantsStream = form.Stream,
    };

    private JsonObject Body(ChatForm form)
    {
        var messages = new JsonArray();
        if (form.System is { } system)
        {
            messages.Add((JsonNode)new JsonObject { ["role"] = "system", ["content"] = system });
        }

        messages.Add((JsonNode)new JsonObject { ["role"] = "user", ["content"] = form.Text });
        var body = new JsonObject { ["messages"] = messages };
        if (form.Tokens is { } limit)
        {
            body["max_tokens"] = limit;
        }

        if (form.Temperature is { } temperature)
        {
            body["temperature"] = temperature;
        }

        if (form.Stream)
        {
            body["stream"] = true;
        }

        if (routes.NamesModel(form.Dialect))
        {
            body["model"] = ModelName;
        }

        foreach (var (name, value) in form.Parameters ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    private static Dictionary<string, string> Headers(ChatForm form)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (form.ExtraParameters is { } option)
        {
            headers["extra-parameters"] = option;
        }

        if (form.ClosesConnection)
        {
            headers["Connection"] = "close";
        }

        if (form.Deployment is { } deployment)
        {
            headers[DeploymentHeader] = deployment;
        }

        return headers;
    }
}
