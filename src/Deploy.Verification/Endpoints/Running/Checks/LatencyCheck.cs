using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Measures what <c>latency</c> judges: streamed requests, each over a connection of its own.</summary>
internal sealed class LatencyCheck(Conversation conversation, VerificationOptions options)
{
    /// <param name="latency">What was measured before; comes back with the repeated measurements.</param>
    public async Task<(CheckOutcome Outcome, LatencyReport Latency)> RunAsync(LatencyReport latency, CancellationToken cancellationToken)
    {
        if (options.Repeat > 1)
        {
            latency = latency with { Samples = await MeasureAsync(latency.Connect, cancellationToken).ConfigureAwait(false) };
        }

        var target = conversation.Context.Target;
        var baseline = options.Baseline?.Find(target.Project is { } project ? $"{project}/{target.Name}" : target.Name);
        var evidence = latency.Samples is { } samples ? new Evidence().Add("asked", samples.Asked).Add("answered", samples.Answered) : new Evidence();
        foreach (var (name, time) in LatencyMeasures.All.Select(measure => (measure, Percentiles.Of([.. latency.TimesOf(measure)])?.P50)))
        {
            evidence = time is { } value ? evidence.Add(name, Math.Round(value.TotalMilliseconds, 1)) : evidence;
        }

        return (new(LatencyPolicy.Judge(latency, options.LatencyLimits, baseline), evidence), latency);
    }

    private async Task<LatencySamples> MeasureAsync(TimeSpan? firstConnect, CancellationToken cancellationToken)
    {
        List<TimeSpan> connect = firstConnect is { } first ? [first] : [], firstToken = [], between = [], total = [];
        var asked = 0;
        while (asked < options.Repeat)
        {
            var question = SumQuestion.Draw(conversation.Random);
            var form = ChatForm.Plain(conversation.Basic.Dialect, question.Text, conversation.Questioning.TokensAfter(conversation.Basic)) with { Stream = true, ClosesConnection = true };
            if (await conversation.AskAsync(form, cancellationToken).ConfigureAwait(false) is not { } exchange)
            {
                break;
            }

            asked++;
            var stream = StreamBody.Read(exchange.Last.Response?.Events ?? []);
            if (exchange.Last is not { Failure: null, Response.Status: 200 } result || stream is { ContentTimes.Count: 0 } or { FinishReason: null } or { Error: not null })
            {
                continue;
            }

            // Connecting has its own measure; the others are the endpoint's.
            var opened = result.Timings.Connect ?? TimeSpan.Zero;
            if (result.Timings.Connect is not null)
            {
                connect.Add(opened);
            }

            firstToken.Add(stream.ContentTimes[0] - opened);
            total.Add(result.Timings.Total - opened);
            if (stream.MedianGap is { } gap)
            {
                between.Add(gap);
            }
        }

        return new() { Asked = asked, Answered = total.Count, Connect = connect, FirstToken = firstToken, BetweenTokens = between, Total = total };
    }
}
