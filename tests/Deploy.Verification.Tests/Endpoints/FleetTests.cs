using System.Collections.Concurrent;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Hundreds of endpoints in one run.</summary>
public sealed class FleetTests(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    [Fact(Timeout = 120_000)]
    public async Task VerifyAsync_AsManyWaitingEndpointsAsSlots_KeepNobodyWaiting()
    {
        // Each is throttled for longer than the others take, and there are as many of them as slots.
        var throttled = Enumerable.Range(0, 4).Select(number => Target($"throttled{number}", new()
        {
            Chat = call =>
            {
                if (call.Number > 1)
                {
                    return call.AnswerAsync($"{call.Sum}");
                }

                call.Context.Response.Headers.RetryAfter = "6";
                return call.JsonAsync(429, "{}");
            },
        }));
        var quick = Enumerable.Range(0, 8).Select(number => Target($"quick{number}", new()));
        var finished = new ConcurrentQueue<string>();
        var report = await VerifyAsync([.. throttled, .. quick], parallel: 4, new Finished(finished), TestContext.Current.CancellationToken);

        Assert.All(report.Endpoints, endpoint => Assert.Equal(CheckStatus.Pass, endpoint.Status));
        Assert.All(finished.Take(8), name => Assert.StartsWith("quick", name, StringComparison.Ordinal));
    }

    [Fact(Timeout = 240_000)]
    public async Task VerifyAsync_HundredsOfEndpoints_StaysWithinItsSlots()
    {
        var (now, most) = (0, 0);
        var targets = Enumerable.Range(0, 200).Select(number => Target($"e{number}", new()
        {
            Chat = async call =>
            {
                var here = Interlocked.Increment(ref now);
                InterlockedMax(ref most, here);
                await Task.Yield();
                await call.AnswerAsync($"{call.Sum}");
                Interlocked.Decrement(ref now);
            },
        })).ToArray();
        var report = await VerifyAsync(targets, parallel: 8, progress: null, TestContext.Current.CancellationToken);

        Assert.All(report.Endpoints, endpoint => Assert.Equal(CheckStatus.Pass, endpoint.Status));
        Assert.Equal(targets.Select(target => target.Name), report.Endpoints.Select(endpoint => endpoint.Name));
        Assert.InRange(most, 1, 8);
    }

    private static void InterlockedMax(ref int most, int here)
    {
        for (var seen = most; here > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, here, seen);
        }
    }

    private EndpointTarget Target(string name, EndpointScript script) => new()
    {
        Name = name,
        Uri = server.Add(script),
        Model = new ModelName("Phi-4-mini-instruct"),
        Compute = ComputeKind.Serverless,
        Auth = AuthMode.Key,
        Credential = EndpointCredential.FromKey(EndpointScript.Key),
    };

    private static async Task<VerificationReport> VerifyAsync(IReadOnlyList<EndpointTarget> targets, int parallel, IVerificationProgress? progress, CancellationToken cancellationToken)
    {
        using var transport = EndpointTransport.Create(trusted: null);
        return await new EndpointVerifier(transport, TimeProvider.System).VerifyAsync(targets, new VerificationOptions { Parallel = parallel }, progress, cancellationToken);
    }

    private sealed class Finished(ConcurrentQueue<string> names) : IVerificationProgress
    {
        public void EndpointStarted(EndpointTarget target)
        {
        }

        public void CheckStarted(EndpointTarget target, CheckId check)
        {
        }

        public void CheckFinished(EndpointTarget target, CheckReport check)
        {
        }

        public void Waiting(EndpointTarget target, TimeSpan delay, string reason)
        {
        }

        public void EndpointFinished(EndpointTarget target, EndpointReport report) => names.Enqueue(report.Name);
    }
}
