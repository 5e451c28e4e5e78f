using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verify;

/// <summary>200 endpoints that take 50 ms for each answer and throttle one request in twenty, beside the shortest time in which as many requests at a time can be answered.</summary>
internal static class Fleet
{
    private const int Endpoints = 200;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static async Task<string> MeasureAsync(int rounds)
    {
        var runs = new List<Run>();
        for (var round = 0; round <= rounds; round++)
        {
            var run = await RunAsync(round);
            if (round > 0)
            {
                runs.Add(run);
            }
        }

        var parallel = new VerificationOptions().Parallel;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Endpoints} endpoints, {Latency.TotalMilliseconds:0} ms for each answer, one chat request in twenty throttled with `Retry-After: {RetryAfter.TotalSeconds:0}`, {parallel} at a time, {rounds} rounds.\n\n| | |\n|---|---|\n| Requests | {Medians.Of(runs.Select(run => (double)run.Requests)):0} |\n| Ideal schedule, s | {Medians.Of(runs.Select(run => run.Ideal)):0.00} |\n| Fewest requests first, no overhead, s | {Medians.Of(runs.Select(run => run.Fewest)):0.00} |\n| What was begun first, no overhead, s | {Medians.Of(runs.Select(run => run.Begun)):0.00} |\n| `deploy verify`, s | {Medians.Of(runs.Select(run => run.Seconds)):0.00} |\n| ratio | {Medians.Of(runs.Select(run => run.Seconds / run.Ideal)):0.00} |\n| Endpoints that pass, fewest | {runs.Min(run => run.Passed)} |\n| Requests ahead of `Retry-After` | {runs.Sum(run => run.TooSoon)} |");
    }

    private static async Task<Run> RunAsync(int seed)
    {
        var server = new ScriptedServer();
        await server.InitializeAsync();
        await using (server)
        {
            var plays = Enumerable.Range(0, Endpoints).Select(number => new Play(new Random((seed * Endpoints) + number))).ToArray();
            EndpointTarget[] targets = [.. plays.Select((play, number) => new EndpointTarget
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"e{number}"),
                Uri = server.Add(play.Script),
                Model = new ModelName("Phi-4-mini-instruct"),
                Compute = ComputeKind.Serverless,
                Auth = AuthMode.Key,
                Credential = EndpointCredential.FromKey(EndpointScript.Key),
            })];
            using var transport = EndpointTransport.Create(trusted: null);
            var options = new VerificationOptions();
            var began = Stopwatch.GetTimestamp();
            var report = await new EndpointVerifier(transport, TimeProvider.System).VerifyAsync(targets, options, progress: null, CancellationToken.None);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            // No schedule beats all slots busy all the time, nor the endpoint that has the most to do and to wait for.
            var ideal = Math.Max(plays.Sum(play => play.Work.TotalSeconds) / options.Parallel, plays.Max(play => (play.Work + play.Waits).TotalSeconds));
            var schedule = new Schedule(options.Parallel, Latency, RetryAfter);
            var courses = plays.Select(play => play.Throttled).ToArray();
            return new(
                seconds,
                ideal,
                schedule.Of(courses, done => done).TotalSeconds,
                schedule.Of(courses, done => done > 0 ? 0 : 1).TotalSeconds,
                plays.Sum(play => play.Requests), report.Endpoints.Count(endpoint => endpoint.Status == CheckStatus.Pass), plays.Sum(play => play.TooSoon));
        }
    }

    private sealed record Run(double Seconds, double Ideal, double Fewest, double Begun, int Requests, int Passed, int TooSoon);

    /// <summary>One endpoint, and what it saw.</summary>
    private sealed class Play
    {
        private readonly Random _random;
        private readonly ConcurrentDictionary<string, long> _closedUntil = new(StringComparer.Ordinal);

        public Play(Random random)
        {
            _random = random;
            Script = new EndpointScript { Gate = GateAsync };
        }

        public EndpointScript Script { get; }

        /// <summary>For each request, in order, whether it was throttled.</summary>
        public List<bool> Throttled { get; } = [];

        public int Requests => Throttled.Count;

        public TimeSpan Work => Latency * Requests;

        public TimeSpan Waits => RetryAfter * Throttled.Count(throttled => throttled);

        public int TooSoon { get; private set; }

        // Requests of one endpoint follow one another, so nothing here is shared.
        private async Task<bool> GateAsync(ScriptedCall call)
        {
            var now = Stopwatch.GetTimestamp();
            if (_closedUntil.TryRemove(call.Route, out var until) && now < until)
            {
                TooSoon++;
            }

            await Task.Delay(Latency);
            Throttled.Add(false);
            if (call.Number == 0 || _random.Next(20) != 0 || call.Context.Request.Headers.Authorization != $"Bearer {EndpointScript.Key}")
            {
                return true;
            }

            Throttled[^1] = true;
            call.Context.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            _closedUntil[call.Route] = Stopwatch.GetTimestamp() + (long)(RetryAfter.TotalSeconds * Stopwatch.Frequency);
            await call.JsonAsync(429, "{}");
            return false;
        }
    }
}
