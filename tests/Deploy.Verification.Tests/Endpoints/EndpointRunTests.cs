using System.Net;
using System.Net.Sockets;
using Azure.Core;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>What holds for runs as a whole: time, waiting, cancellation, secrets, order.</summary>
public sealed class EndpointRunTests(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    private static readonly VerificationOptions Options = new() { Timeout = TimeSpan.FromSeconds(30) };

    // Its time limits are longer than any delay between two attempts, which is how the fake clock tells them apart.
    private static readonly VerificationOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_RetryAfter_IsNeverUndercut()
    {
        var time = new SteppedTime();
        var asked = new List<DateTimeOffset>();
        var script = new EndpointScript
        {
            Chat = call =>
            {
                asked.Add(time.GetUtcNow());
                if (asked.Count > 2)
                {
                    return call.AnswerAsync($"{call.Sum}");
                }

                call.Context.Response.Headers.RetryAfter = "7";
                return call.JsonAsync(429, "{}");
            },
        };
        var progress = new RecordedProgress();
        var run = VerifyAsync([Target(script)], Options, progress, time, TestContext.Current.CancellationToken);
        await time.StepThroughAsync(run, TimeSpan.FromSeconds(7));

        Assert.Equal(CheckStatus.Pass, (await run).Status);
        Assert.Equal([7.0, 7.0], asked.Take(2).Zip(asked.Skip(1), (left, right) => (right - left).TotalSeconds));
        Assert.Equal(["throttled (429)", "throttled (429)"], progress.Waits);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NotReadyWithinWait_IsWaitedFor()
    {
        var time = new SteppedTime();
        var script = new EndpointScript { Chat = call => call.Number <= 3 ? call.TextAsync(424, "starting") : call.AnswerAsync($"{call.Sum}") };
        var target = Target(script) with { Compute = ComputeKind.Managed };
        var run = VerifyAsync([target], Patient with { Wait = TimeSpan.FromMinutes(10) }, null, time, TestContext.Current.CancellationToken);
        await time.StepThroughAsync(run, TimeSpan.FromSeconds(15));

        Assert.Equal(CheckStatus.Pass, (await run).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_ManagedWithoutInfo_IsNotWaitedFor()
    {
        var progress = new RecordedProgress();
        var script = new EndpointScript { Info = call => call.TextAsync(404, "NOT FOUND") };
        var target = Target(script) with { Compute = ComputeKind.Managed };

        var report = await VerifyAsync([target], Patient with { Wait = TimeSpan.FromMinutes(10) }, progress, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(CheckStatus.Pass, report.Status);
        Assert.Empty(progress.Waits);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NotReadyBeyondWait_Fails()
    {
        var time = new SteppedTime();
        var script = new EndpointScript { Chat = call => call.TextAsync(424, "starting") };
        var run = VerifyAsync([Target(script)], Patient with { Wait = TimeSpan.FromMinutes(1) }, null, time, TestContext.Current.CancellationToken);
        await time.StepThroughAsync(run, TimeSpan.FromSeconds(15));

        Assert.Equal(EndpointErrors.NotReady.Code, Check(await run, CheckId.ChatBasic).Code);
        Assert.InRange(time.Passed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_OneSilentEndpoint_DoesNotDelayTheOthers()
    {
        var time = new SteppedTime();
        var hanging = new TaskCompletionSource();
        var silent = Target(new() { Chat = call => { hanging.TrySetResult(); return call.HangAsync(); } }, "silent");
        var targets = Enumerable.Range(0, 20).Select(number => Target(new(), $"quick{number}")).Prepend(silent).ToArray();
        var progress = new RecordedProgress();
        var run = VerifyAsync(targets, Options, progress, time, TestContext.Current.CancellationToken);
        await hanging.Task;
        await progress.FinishedAsync(20);
        Assert.False(run.IsCompleted);

        time.Advance(Options.Timeout);
        var report = await run;
        Assert.Equal(EndpointErrors.NoAnswerInTime.Code, Check(report, CheckId.ChatBasic).Code);
        Assert.All(report.Endpoints.Skip(1), endpoint => Assert.Equal(CheckStatus.Pass, endpoint.Status));
        Assert.Equal(targets.Select(target => target.Name), report.Endpoints.Select(endpoint => endpoint.Name));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_CallerCancels_IsCancellationAndNoVerdict()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var target = Target(new()
        {
            Chat = call =>
            {
                cancelled.Cancel();
                return call.HangAsync();
            },
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VerifyAsync([target], Options, null, TimeProvider.System, cancelled.Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_ServiceRepeatsTheKey_NoReportHoldsIt()
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(EndpointScript.Key));
        const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJl";
        var script = new EndpointScript
        {
            Info = call => call.JsonAsync(200, $$"""{"model_name":"{{EndpointScript.Key}}","model_type":"{{encoded}}"}"""),
            Chat = call =>
            {
                call.Context.Response.Headers["x-request-id"] = EndpointScript.Key;
                return call.JsonAsync(400, $$"""{"message":"bad {{call.Context.Request.Headers.Authorization}} and {{encoded}} and {{Token}}"}""");
            },
        };
        var report = await VerifyAsync([Target(script)], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        var json = VerificationJson.ToDocument(report).ToJsonString();
        Assert.Contains("[secret]", json, StringComparison.Ordinal);
        Assert.DoesNotContain(EndpointScript.Key, json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(encoded, json, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, json, StringComparison.Ordinal);
        Assert.DoesNotContain(EndpointScript.Key, Target(script).ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_KeyThatNoHeaderCanCarry_IsInconclusiveWithoutTheKey()
    {
        const string Broken = "bro\u0007ken\nkey-0123456789";
        var target = Target(new()) with { Credential = EndpointCredential.FromKey(Broken) };
        var report = await VerifyAsync([target], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.NotEqual(CheckStatus.Pass, report.Status);
        Assert.DoesNotContain("key-0123456789", VerificationJson.ToDocument(report).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_TokenCredential_IsShownAsBearerTokenOfItsScope()
    {
        var credential = new FakeCredential(EndpointScript.Key);
        var target = Target(new()) with { Auth = AuthMode.Entra, Credential = EndpointCredential.FromToken(credential, "https://ml.example.net/.default") };
        var report = await VerifyAsync([target], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CheckStatus.Pass, report.Status);
        Assert.Equal(["https://ml.example.net/.default"], credential.Scopes);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NoToken_IsInconclusive()
    {
        var target = Target(new()) with { Auth = AuthMode.Entra, Credential = EndpointCredential.FromToken(new FakeCredential(null)) };
        var report = await VerifyAsync([target], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CheckStatus.Inconclusive, report.Status);
        Assert.Equal(EndpointErrors.TokenUnavailable.Code, Check(report, CheckId.AuthAccepted).Code);
        Assert.Equal(ExitCode.VerificationInconclusive, report.ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_Healthy_TellsEveryCheckOnce()
    {
        var progress = new RecordedProgress();
        await VerifyAsync([Target(new())], Options, progress, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CheckId.All.Select(id => id.Value).Order(), progress.Checks.Order());
        Assert.Equal(1, progress.Started);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_Healthy_ReportsLatency()
    {
        var latency = (await VerifyAsync([Target(new())], Options, null, TimeProvider.System, TestContext.Current.CancellationToken)).Endpoints[0].Latency!;
        Assert.True(latency.Connect > TimeSpan.Zero);
        Assert.True(latency.FirstToken > TimeSpan.Zero);
        Assert.True(latency.Total > TimeSpan.Zero);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NotHttp_FailsAtConnect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = GreetAsync(listener, "SSH-2.0-OpenSSH_9.6\r\n\r\n"u8.ToArray());
        var target = Target(new()) with { Uri = new Uri($"http://{listener.LocalEndpoint}/") };
        var report = await VerifyAsync([target], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        listener.Stop();
        await greeting;
        Assert.Equal(EndpointErrors.NotHttp.Code, Check(report, CheckId.Connect).Code);
        Assert.Equal(CheckStatus.Fail, report.Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NeverAccepted_IsStillNoVerdictAboutTheModel()
    {
        // The system's own queue completes TCP, nobody speaks TLS: no connection that could carry a question ever stood.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = Target(new()) with { Uri = new Uri($"https://{listener.LocalEndpoint}/") };
        var report = await VerifyAsync([target], Options with { Timeout = TimeSpan.FromMilliseconds(500) }, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CheckStatus.Inconclusive, report.Status);
        Assert.Equal(EndpointErrors.ConnectTimedOut.Code, Check(report, CheckId.Connect).Code);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task VerifyAsync_OptionsOutOfRange_AreRefused(int parallel, int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => VerifyAsync(
            [], new() { Parallel = parallel, Timeout = TimeSpan.FromSeconds(seconds) }, null, TimeProvider.System, TestContext.Current.CancellationToken));

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_RateLimitHeaders_AreReportedAndNonsenseIsNot()
    {
        var script = new EndpointScript
        {
            Chat = call =>
            {
                call.Context.Response.Headers["x-ratelimit-remaining-tokens"] = "199000";
                call.Context.Response.Headers["x-ratelimit-remaining-requests"] = "-1";
                call.Context.Response.Headers["x-ratelimit-limit-tokens"] = "many";
                return call.AnswerAsync($"{call.Sum}");
            },
        };
        var limits = Check(await VerifyAsync([Target(script)], Options, null, TimeProvider.System, TestContext.Current.CancellationToken), CheckId.Limits);
        Assert.Equal(CheckStatus.Pass, limits.Status);
        Assert.Equal(["x-ratelimit-remaining-tokens"], limits.Evidence.Keys);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_LimitsSaidOnceOrOutsideChatBasic_AreKept()
    {
        var script = new EndpointScript
        {
            Chat = call =>
            {
                call.Context.Response.Headers["x-ratelimit-remaining-requests"] = call.Number switch { 1 => "0", 2 => "-7", _ => "plenty" };
                return call.AnswerAsync($"{call.Sum}");
            },
        };
        var limits = Check(await VerifyAsync([Target(script)], Options, null, TimeProvider.System, TestContext.Current.CancellationToken), CheckId.Limits);
        Assert.Equal(CheckStatus.Pass, limits.Status);
        Assert.Equal("remaining requests: 0.", limits.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_NothingButNonsenseInLimits_IsSkippedAndShown()
    {
        var script = new EndpointScript
        {
            Chat = call =>
            {
                call.Context.Response.Headers["x-ratelimit-limit-tokens"] = "unlimited";
                call.Context.Response.Headers["x-ratelimit-remaining-tokens"] = "-1";
                return call.AnswerAsync($"{call.Sum}");
            },
        };
        var limits = Check(await VerifyAsync([Target(script)], Options, null, TimeProvider.System, TestContext.Current.CancellationToken), CheckId.Limits);
        Assert.Equal(CheckStatus.Skip, limits.Status);
        Assert.Contains("x-ratelimit-limit-tokens: unlimited", limits.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-1", limits.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_Healthy_CostsWhatTheEndpointSawAndLittle()
    {
        var script = new EndpointScript();
        var report = await VerifyAsync([Target(script)], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        var cost = report.Endpoints[0].Cost;
        Assert.Equal(script.Log.Count, cost.Requests);
        Assert.InRange(cost.Requests, 8, 14);
        Assert.InRange(cost.Tokens, 100, 1000);
        Assert.Contains($"\"cost\":{{\"requests\":{cost.Requests},\"tokens\":{cost.Tokens}}}", VerificationJson.ToDocument(report).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(6, 100_000)]
    [InlineData(100, 120)]
    public async Task VerifyAsync_BudgetSpent_StopsAndJudgesWhatItSaw(int requests, int tokens)
    {
        var script = new EndpointScript();
        var report = await VerifyAsync([Target(script)], Options with { MostRequests = requests, MostTokens = tokens }, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CheckStatus.Pass, report.Status);
        Assert.True(script.Log.Count <= requests);
        Assert.Equal(CheckStatus.Skip, Check(report, CheckId.ChatExtra).Status);
        Assert.Contains("budget", Check(report, CheckId.ChatExtra).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_ThrottledAndLeft_IsNotAskedAgainAheadOfItsTime()
    {
        var asked = 0;
        var script = new EndpointScript
        {
            Chat = call =>
            {
                if (asked > 0)
                {
                    asked++;
                }

                if (!call.Question.Contains("Explain", StringComparison.Ordinal))
                {
                    return call.AnswerAsync($"{call.Sum}");
                }

                asked++;
                call.Context.Response.Headers.RetryAfter = "3600";
                return call.JsonAsync(429, "{}");
            },
        };
        var report = await VerifyAsync([Target(script)], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CheckStatus.Inconclusive, report.Status);
        Assert.Equal(CheckStatus.Skip, Check(report, CheckId.ChatSystem).Status);
        // Only the other dialect's route, which said nothing about waiting, is asked once more.
        Assert.Equal(2, asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_PinnedCertificate_IsTrustedAndNoOther()
    {
        using var certificate = TestCertificate.Create();
        using var other = TestCertificate.Create();
        var secure = new ScriptedServer { Certificate = certificate };
        await using var disposal = secure;
        await secure.InitializeAsync();
        var target = Target(new()) with { Uri = secure.Add(new()) };

        Assert.Equal(CheckStatus.Pass, (await VerifyAsync([target], Options, null, TimeProvider.System, TestContext.Current.CancellationToken, certificate)).Status);
        foreach (var trusted in new[] { other, null })
        {
            var report = await VerifyAsync([target], Options, null, TimeProvider.System, TestContext.Current.CancellationToken, trusted);
            Assert.Equal(EndpointErrors.CertificateUntrusted.Code, Check(report, CheckId.Connect).Code);
            Assert.Equal(CheckStatus.Inconclusive, report.Status);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task VerifyAsync_ExpiredCertificate_IsNamedAsSuch()
    {
        using var certificate = TestCertificate.Create(IPAddress.Loopback, TimeSpan.FromDays(-1));
        var secure = new ScriptedServer { Certificate = certificate };
        await using var disposal = secure;
        await secure.InitializeAsync();
        var report = await VerifyAsync([Target(new()) with { Uri = secure.Add(new()) }], Options, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(EndpointErrors.CertificateExpired.Code, Check(report, CheckId.Connect).Code);
        Assert.Contains("expired on", Check(report, CheckId.Connect).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CertificateRefusal_NameOfAnotherHost_IsNamedAsSuch()
    {
        using var certificate = TestCertificate.Create(IPAddress.Parse("192.0.2.1"), TimeSpan.FromDays(1));
        var refused = CertificateRefusedException.Of(certificate, System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch, DateTimeOffset.UtcNow);
        Assert.Equal(ProbeFailureKind.CertificateNameWrong, ProbeFailure.From(new HttpRequestException(HttpRequestError.SecureConnectionError, "x", refused), connectionStood: false).Kind);
    }

    private static async Task GreetAsync(TcpListener listener, byte[] greeting)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[16]);
                await stream.WriteAsync(greeting);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped: the test is over.
        }
    }

    private static CheckReport Check(VerificationReport report, CheckId id) => report.Endpoints[0].Checks.Single(check => check.Id == id);

    private static async Task<VerificationReport> VerifyAsync(
        IReadOnlyList<EndpointTarget> targets,
        VerificationOptions options,
        IVerificationProgress? progress,
        TimeProvider time,
        CancellationToken cancellationToken,
        System.Security.Cryptography.X509Certificates.X509Certificate2? trusted = null)
    {
        using var transport = EndpointTransport.Create(trusted);
        return await new EndpointVerifier(transport, time).VerifyAsync(targets, options, progress, cancellationToken);
    }

    private EndpointTarget Target(EndpointScript script, string name = "mini") => new()
    {
        Name = name,
        Uri = server.Add(script),
        Model = new ModelName("Phi-4-mini-instruct"),
        Compute = ComputeKind.Serverless,
        Auth = AuthMode.Key,
        Credential = EndpointCredential.FromKey(EndpointScript.Key),
    };

    private sealed class FakeCredential(string? token) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new(token ?? throw new InvalidOperationException("Please run 'az login'."), DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
