using System.Diagnostics;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>The times of a report beside those that the server itself took when it flushed.</summary>
public sealed class LatencyTests(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    // Noise on a busy machine spoils single runs, so the median counts; an error of the measurement would shift that as well. Noise that lasts gets more runs.
    private const int FewestRuns = 5;
    private const int MostRuns = 25;

    [Theory(Timeout = 120_000)]
    [InlineData(30, 5)]
    [InlineData(150, 20)]
    [InlineData(400, 60)]
    public async Task Latency_ScriptedDelays_AreReportedAsTheServerKeptThem(int first, int between)
    {
        var firstTokens = new List<double>();
        var gaps = new List<double>();
        while (firstTokens.Count < MostRuns)
        {
            var clock = new StreamClock();
            var behaviour = Behaviour.Healthy("paced", new EndpointScript { Stream = call => clock.PlayAsync(call, first, between) });
            var report = await BehaviourRun.VerifyAsync(server, behaviour, TestContext.Current.CancellationToken);
            var latency = Assert.Single(report.Endpoints).Latency!;
            firstTokens.Add(Excess(latency.FirstToken!.Value, clock.FirstToken));
            gaps.Add(Excess(latency.BetweenTokens!.Value, clock.BetweenTokens));
            if (firstTokens.Count >= FewestRuns && Median(firstTokens) <= 1 && Median(gaps) <= 1)
            {
                return;
            }
        }

        Assert.Fail($"Shares of what is allowed: first token {string.Join(", ", firstTokens)}; between tokens {string.Join(", ", gaps)}.");
    }

    /// <summary>How far off, as a share of what is allowed: 2 ms or 5 %, whichever is more.</summary>
    private static double Excess(TimeSpan reported, TimeSpan real) =>
        Math.Round(Math.Abs((reported - real).TotalMilliseconds) / Math.Max(2, real.TotalMilliseconds * 0.05), 2);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class StreamClock
    {
        private readonly List<long> _flushed = [];
        private long _received;

        /// <summary>From the request's arrival to the first flush with a token in it.</summary>
        public TimeSpan FirstToken => Stopwatch.GetElapsedTime(_received, _flushed[0]);

        /// <summary>The median between two flushes.</summary>
        public TimeSpan BetweenTokens
        {
            get
            {
                var gaps = _flushed.Zip(_flushed.Skip(1), Stopwatch.GetElapsedTime).Order().ToArray();
                return gaps[gaps.Length / 2];
            }
        }

        /// <summary>The right sum, a digit at a time, after some words: nine pieces at least. Only the first stream is timed, which is the one reported.</summary>
        public async Task PlayAsync(ScriptedCall call, int first, int between)
        {
            var isTimed = _flushed.Count == 0;
            var received = Stopwatch.GetTimestamp();
            await call.StartStreamAsync();
            await call.EventAsync(ScriptedCall.Chunk("", role: "assistant"));
            await Task.Delay(first, call.Context.RequestAborted);
            foreach (var piece in (string[])["The ", "sum ", "is, ", "as ", "asked, ", "this ", "one: ", $"{call.Sum}"])
            {
                await call.EventAsync(ScriptedCall.Chunk(piece));
                if (isTimed)
                {
                    _received = received;
                    _flushed.Add(Stopwatch.GetTimestamp());
                }

                await Task.Delay(between, call.Context.RequestAborted);
            }

            await call.EventAsync(ScriptedCall.LastChunk(completionTokens: 9));
            await call.EventAsync("[DONE]");
        }
    }
}
