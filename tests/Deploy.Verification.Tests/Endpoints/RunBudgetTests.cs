using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Budgets of a whole run, repeated measurements, and the verdict on latency.</summary>
public sealed class RunBudgetTests(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    private static readonly VerificationOptions Options = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(25)]
    public async Task VerifyAsync_RunRequests_AreKeptOverAllEndpointsAtOnce(int most)
    {
        var scripts = Enumerable.Range(0, 8).Select(_ => new EndpointScript()).ToArray();

        var report = await VerifyAsync(scripts, Options with { RunRequests = most }, TestContext.Current.CancellationToken);

        Assert.True(scripts.Sum(script => script.Log.Count) <= most);
        Assert.Equal((most, (long?)most), ((int)report.Budget!.Requests, report.Budget.MostRequests));
        Assert.Equal(CheckStatus.Inconclusive, report.Status);
        Assert.Contains("run's budget", string.Join(' ', report.Endpoints.SelectMany(endpoint => endpoint.Checks).Select(check => check.Message)), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_RunTokens_AreReservedBeforeTheyAreAskedFor()
    {
        var scripts = Enumerable.Range(0, 8).Select(_ => new EndpointScript()).ToArray();

        var report = await VerifyAsync(scripts, Options with { RunTokens = 600 }, TestContext.Current.CancellationToken);

        Assert.InRange(report.Budget!.Tokens, 1, 600);
        Assert.True(report.Endpoints.Sum(endpoint => endpoint.Cost.Tokens) <= 600);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_RunTime_EndsTheWait()
    {
        var time = new SteppedTime();
        EndpointScript Starting() => new() { Chat = call => call.TextAsync(424, "starting") };
        var options = new VerificationOptions { Timeout = TimeSpan.FromMinutes(2), Wait = TimeSpan.FromHours(1), RunTime = TimeSpan.FromSeconds(40), Parallel = 1 };
        var run = VerifyAsync([Starting(), Starting()], options, TestContext.Current.CancellationToken, time, ComputeKind.Managed);
        await time.StepThroughAsync(run, TimeSpan.FromSeconds(15));

        var report = await run;
        Assert.InRange(report.Duration, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.All(report.Endpoints, endpoint => Assert.NotEqual(CheckStatus.Pass, endpoint.Status));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_RunTimeSpent_LeavesUnjudgedWhatHadNoTurn()
    {
        var report = await VerifyAsync([new()], Options with { RunTime = TimeSpan.FromTicks(1) }, TestContext.Current.CancellationToken);

        var endpoint = Assert.Single(report.Endpoints);
        Assert.Equal((CheckStatus.Inconclusive, "DEP4612", 0), (endpoint.Status, endpoint.Checks[0].Code, endpoint.Cost.Requests));
        Assert.Equal("The run's budget of 0 s is spent.", endpoint.Checks[0].Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_LargeBudget_ChangesNothing()
    {
        var report = await VerifyAsync([new()], Options with { RunRequests = 1_000, RunTokens = 1_000_000, RunTime = TimeSpan.FromHours(1) }, TestContext.Current.CancellationToken);

        Assert.Equal(CheckStatus.Pass, report.Status);
        Assert.Equal(report.Endpoints[0].Cost.Requests, report.Budget!.Requests);
        Assert.Equal(report.Endpoints[0].Cost.Tokens, report.Budget.Tokens);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_Repeat_MeasuresOverConnectionsOfTheirOwn()
    {
        var latency = (await VerifyAsync([new()], Options with { Repeat = 6 }, TestContext.Current.CancellationToken)).Endpoints[0].Latency!;

        Assert.Equal((6, 6), (latency.Samples!.Asked, latency.Samples.Answered));
        Assert.Equal(6, latency.Samples.Total.Count);
        Assert.Equal(6, latency.Samples.FirstToken.Count);
        // The first measurement takes the connection that the checks left; that one's time is known as well.
        Assert.Equal(6, latency.Samples.Connect.Count);
        Assert.All(latency.Samples.Total.Zip(latency.Samples.FirstToken), pair => Assert.True(pair.First >= pair.Second));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_RepeatSomeUnanswered_Warns()
    {
        var streams = 0;
        var script = new EndpointScript { Stream = call => ++streams is 3 or 4 ? call.JsonAsync(400, "{}") : call.StreamAnswerAsync($"{call.Sum}") };

        var report = await VerifyAsync([script], Options with { Repeat = 5 }, TestContext.Current.CancellationToken);

        Assert.Equal(("DEP4804", CheckStatus.Warn), (Latency(report).Code, Latency(report).Status));
        Assert.Contains("2 of 5", Latency(report).Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1, true, "DEP4801", CheckStatus.Fail)]
    [InlineData(1, false, "DEP4802", CheckStatus.Warn)]
    [InlineData(100_000, true, null, CheckStatus.Pass)]
    public async Task VerifyAsync_Limit_IsJudgedAsTheSettingsSay(int milliseconds, bool fails, string? code, CheckStatus status)
    {
        var script = new EndpointScript
        {
            Chat = async call =>
            {
                await Task.Delay(20, call.Context.RequestAborted);
                await call.AnswerAsync($"{call.Sum}");
            },
        };
        var limits = new LatencyLimits { Most = new Dictionary<string, TimeSpan> { [LatencyMeasures.Total] = TimeSpan.FromMilliseconds(milliseconds) }, Fails = fails };

        var check = Latency(await VerifyAsync([script], Options with { LatencyLimits = limits }, TestContext.Current.CancellationToken));

        Assert.Equal((code, status), (check.Code, check.Status));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_SlowerThanTheBaseline_Warns()
    {
        var baseline = new EarlierRun
        {
            Endpoints =
            [
                new()
                {
                    FullName = "e0",
                    Status = CheckStatus.Pass,
                    Latency = new() { Samples = new() { Asked = 6, Answered = 6, Total = [.. Enumerable.Range(1, 6).Select(at => TimeSpan.FromMilliseconds(0.1 * at))] } },
                },
            ],
        };
        var script = new EndpointScript
        {
            Stream = async call =>
            {
                await Task.Delay(30, call.Context.RequestAborted);
                await call.StreamAnswerAsync($"{call.Sum}");
            },
        };

        var check = Latency(await VerifyAsync([script], Options with { Repeat = 6, Baseline = baseline }, TestContext.Current.CancellationToken));

        Assert.Equal(("DEP4803", CheckStatus.Warn), (check.Code, check.Status));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NothingToJudgeLatencyBy_Skips() => Assert.Equal(CheckStatus.Skip, Latency(await VerifyAsync([new()], Options, TestContext.Current.CancellationToken)).Status);

    private static CheckReport Latency(VerificationReport report) => report.Endpoints[0].Checks.Single(check => check.Id == CheckId.Latency);

    private async Task<VerificationReport> VerifyAsync(IReadOnlyList<EndpointScript> scripts, VerificationOptions options, CancellationToken cancellationToken, TimeProvider? time = null, ComputeKind compute = ComputeKind.Serverless)
    {
        using var transport = EndpointTransport.Create(trusted: null);
        var targets = scripts.Select((script, at) => new EndpointTarget
        {
            Name = $"e{at}",
            Uri = server.Add(script),
            Model = new ModelName("Phi-4-mini-instruct"),
            Compute = compute,
            Auth = AuthMode.Key,
            Credential = EndpointCredential.FromKey(EndpointScript.Key),
        });
        return await new EndpointVerifier(transport, time ?? TimeProvider.System).VerifyAsync([.. targets], options, progress: null, cancellationToken);
    }
}
