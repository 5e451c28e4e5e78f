using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Builds the requests of one endpoint.</summary>
internal sealed class ChatRequests(InferenceRoutes routes, Authorization authorization)
{
    /// <summary>The name that the OpenAI dialect demands; the other one ignores it and is not given any.</summary>
    public string ModelName { get; set; } = "default";

    public Authorization Authorization => authorization;

    public ProbeRequest Info() => new() { Method = RequestMethod.Get, Uri = routes.Info, Authorization = authorization };

    /// <param name="tokens">Limit of the answer; null leaves out this and every other parameter.</param>
    public ProbeRequest Chat(EndpointDialect dialect, SumQuestion question, int? tokens, bool stream = false, Authorization? credential = null, bool anonymous = false)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = question.Text }),
        };
        if (tokens is { } limit)
        {
            body["max_tokens"] = limit;
            body["temperature"] = 0;
        }

        if (stream)
        {
            body["stream"] = true;
        }

        if (dialect == EndpointDialect.OpenAIV1)
        {
            body["model"] = ModelName;
        }

        return new()
        {
            Method = RequestMethod.Post,
            Uri = routes.Chat(dialect),
            Body = body,
            Authorization = anonymous ? null : credential ?? authorization,
            WantsStream = stream,
        };
    }
}
