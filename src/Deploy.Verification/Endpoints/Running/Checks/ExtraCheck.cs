using System.Text.Json.Nodes;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>chat.extra</c> judges: up to three requests with a parameter that no specification knows.</summary>
internal sealed class ExtraCheck(Conversation conversation)
{
    private const string Parameter = "deploy_verify_unknown";

    // The answer is not read.
    private const int Tokens = 16;

    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        if (conversation.Basic.Dialect == EndpointDialect.OpenAIV1)
        {
            return new(Finding.Skip("The OpenAI dialect has no header extra-parameters."));
        }

        var tries = new List<ExtraTry>();
        await AskAsync(null).ConfigureAwait(false);
        if (tries.Count == 0)
        {
            return new(conversation.OutOfBudget());
        }

        if (tries[0].IsRefused)
        {
            await AskAsync(ExtraPolicy.Drop).ConfigureAwait(false);
            await AskAsync(ExtraPolicy.PassThrough).ConfigureAwait(false);
        }
        else if (tries[0].IsAccepted)
        {
            await AskAsync(ExtraPolicy.Error).ConfigureAwait(false);
            if (tries[^1] is { Option: not null, IsRefused: true })
            {
                await AskAsync(ExtraPolicy.Drop).ConfigureAwait(false);
            }
        }

        var evidence = tries.Aggregate(Evidence.Of(tries[0].Exchange), (evidence, item) => evidence.Add($"status ({item.Name})", item.Exchange.Last.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return new(ExtraPolicy.Judge(tries, conversation.Context), evidence);

        async Task AskAsync(string? option)
        {
            int? tokens = conversation.Questioning.TokensAfter(conversation.Basic) is null ? null : Tokens;
            var form = ChatForm.Plain(conversation.Basic.Dialect, SumQuestion.Draw(conversation.Random).Text, tokens) with
            {
                ExtraParameters = option,
                Parameters = new JsonObject { [Parameter] = 1 },
            };
            if (await conversation.AskAsync(form, cancellationToken).ConfigureAwait(false) is { } exchange)
            {
                tries.Add(new(option, exchange));
            }
        }
    }
}
