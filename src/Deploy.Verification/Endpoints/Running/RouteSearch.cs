using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Looks for what the user meant when no chat route is where it was said to be: on the same host only, so that the key goes nowhere new.</summary>
internal sealed class RouteSearch(EndpointSession session, InferenceRoutes routes, ChatRequests requests, Random random)
{
    private const int Tokens = 16;
    private const int MostRoutes = 10;

    /// <summary>What was found instead; null for nothing.</summary>
    public async Task<RouteHint?> FindAsync(CancellationToken cancellationToken)
    {
        if (await AnswersScoringAsync(cancellationToken).ConfigureAwait(false))
        {
            return new(routes.Base, IsScoringOnly: true);
        }

        var asked = routes.Dialects.Select(routes.Chat).ToHashSet();
        foreach (var other in session.Target.Compute == Deploy.Environments.Settings.ComputeKind.Managed ? [] : routes.Neighbours())
        {
            foreach (var dialect in other.Dialects.Where(dialect => asked.Count < MostRoutes && asked.Add(other.Chat(dialect))))
            {
                var form = ChatForm.Plain(dialect, SumQuestion.Draw(random).Text, Tokens);
                if (await AskAsync(requests.At(other).Chat(form), cancellationToken).ConfigureAwait(false) is { } response && IsChat(response))
                {
                    return new(dialect == EndpointDialect.OpenAIV1 && !other.IsOpenAIRoot ? new UriBuilder(other.Base) { Path = $"{other.Base.AbsolutePath.TrimEnd('/')}/v1" }.Uri : other.Base, IsScoringOnly: false);
                }
            }
        }

        return null;
    }

    private async Task<bool> AnswersScoringAsync(CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["input_data"] = new JsonObject
            {
                ["input_string"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = SumQuestion.Draw(random).Text }),
                ["parameters"] = new JsonObject { ["max_new_tokens"] = Tokens },
            },
        };
        var request = new ProbeRequest { Method = RequestMethod.Post, Uri = routes.Score, Body = body, Authorization = requests.Authorization, ExpectsRefusal = true };
        return await AskAsync(request, cancellationToken).ConfigureAwait(false) is { Status: 200 } response && HasOutput(response.Body);
    }

    private async Task<ProbeResponse?> AskAsync(ProbeRequest request, CancellationToken cancellationToken) =>
        (await session.ExchangeAsync(request with { ExpectsRefusal = true }, session.SmallShare, cancellationToken).ConfigureAwait(false))?.Last.Response;

    private static bool IsChat(ProbeResponse response) => response.Status == 200 && ChatBody.Read(response.Body) is { Error: null, ShapeFault: null };

    private static bool HasOutput(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject document && document.ContainsKey("output");
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
