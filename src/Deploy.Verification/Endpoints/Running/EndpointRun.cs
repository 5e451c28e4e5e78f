using System.Security.Cryptography;
using Deploy.Catalog;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Runs the checks of one endpoint, one request after another, because a small deployment serves one at a time.</summary>
internal sealed class EndpointRun
{
    private const string NotInThisVersion = "This version does not run the check.";

    private readonly EndpointTarget _target;
    private readonly EndpointSession _session;
    private readonly VerificationOptions _options;
    private readonly InferenceRoutes _routes;
    private readonly SecretScrubber _scrubber = new();
    private readonly Verdicts _verdicts;
    private readonly Random _random;
    private EndpointContext _context;
    private EndpointDialect _dialect;
    private LatencyReport? _latency;
    private TimeSpan? _connectTime;

    public EndpointRun(EndpointTarget target, EndpointSession session, RunSettings settings, int seed)
    {
        _target = target;
        _session = session;
        _options = settings.Options;
        _random = new Random(seed);
        _routes = InferenceRoutes.Of(target.Uri);
        _scrubber.Add(target.Credential.Secret);
        _verdicts = new Verdicts(target, _scrubber, settings.Progress);
        var model = target.Model is { } name ? settings.Models.Find(name) : null;
        _context = new()
        {
            Target = target,
            ModelIsRetired = model?.Lifecycle.At(settings.TimeProvider.GetUtcNow()) == LifecycleStage.Retired,
            Successor = model?.Successor?.Value,
        };
    }

    public async Task<EndpointReport> RunAsync(CancellationToken cancellationToken)
    {
        await RunChecksAsync(cancellationToken).ConfigureAwait(false);
        return ToReport();
    }

    /// <summary>The report when the run itself broke: what was judged stays, the rest could not be.</summary>
    public EndpointReport ToBrokenReport(Exception exception)
    {
        _verdicts.RecordBroken(Finding.Of(EndpointErrors.ProbeBroke, $"The check could not be carried out: {exception.GetType().Name}: {exception.Message}"));
        return ToReport();
    }

    private EndpointReport ToReport()
    {
        _verdicts.SkipRest(NotInThisVersion);
        return new()
        {
            Name = _target.Name,
            Project = _target.Project,
            Uri = _routes.Base,
            Model = _target.Model?.Value,
            Compute = _target.Compute,
            Dialect = _dialect,
            Checks = _verdicts.InOrder(),
            Latency = _latency,
            Duration = _session.Elapsed,
        };
    }

    private async Task RunChecksAsync(CancellationToken cancellationToken)
    {
        _verdicts.Start(CheckId.Connect);
        if (!_routes.IsSafe)
        {
            _verdicts.Record(CheckId.Connect, Finding.Of(EndpointErrors.PlainHttpRefused, $"{_routes.Base.Scheme}://{_routes.Base.Host} is neither https nor loopback; no key is sent there."));
            _verdicts.SkipRest("The URI is not safe to send a key to.");
            return;
        }

        if (await AuthorizeAsync(cancellationToken).ConfigureAwait(false) is not { } authorization)
        {
            return;
        }

        var requests = new ChatRequests(_routes, authorization) { ModelName = _target.Model?.Value ?? "default" };
        var info = _routes.IsOpenAIRoot ? null : await AskInfoAsync(requests, cancellationToken).ConfigureAwait(false);
        var questioning = new Questioning(_session, requests, _routes, _options, _random);
        _verdicts.Start(CheckId.ChatBasic);
        var started = _session.Elapsed;
        var tries = info is { Last: { Response: null, Failure: { ConnectionStood: false } } }
            ? []
            : await questioning.AskAsync(_context, cancellationToken).ConfigureAwait(false);
        Judge(info, tries, _session.Elapsed - started);
        if (_dialect == EndpointDialect.None)
        {
            return;
        }

        await RejectAsync(requests, tries[^1], cancellationToken).ConfigureAwait(false);
        await StreamAsync(questioning, tries[^1], cancellationToken).ConfigureAwait(false);
        if (_dialect == EndpointDialect.AzureInference && await questioning.UnderstandsOpenAIAsync(cancellationToken).ConfigureAwait(false))
        {
            _dialect = EndpointDialect.Both;
        }
    }

    private async Task<Authorization?> AuthorizeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _session.AuthorizeAsync(_scrubber, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // Credential libraries fail in many ways; all mean that there is nothing to show to the endpoint.
            _verdicts.Record(CheckId.Connect, Finding.Skip("Nothing was sent, because there is no token."));
            _verdicts.Record(CheckId.AuthAccepted, Finding.Of(EndpointErrors.TokenUnavailable, $"No token could be got for {_target.Credential.Scope}. {exception.Message}"));
            _verdicts.SkipRest("There is no token for the endpoint.");
            return null;
        }
    }

    private async Task<Exchange?> AskInfoAsync(ChatRequests requests, CancellationToken cancellationToken)
    {
        _verdicts.Start(CheckId.Info);
        var info = await _session.ExchangeAsync(requests.Info(), _session.SmallShare, cancellationToken).ConfigureAwait(false);
        _connectTime = info?.Last.Timings.Connect;
        if (info?.Last.Response is { Status: 200 } response)
        {
            _context = _context with { InfoAnswered = ModelInfo.Read(response.Body)?.Name is not null };
            requests.ModelName = _target.Model?.Value ?? ModelInfo.Read(response.Body)?.Name ?? requests.ModelName;
        }

        return info;
    }

    private void Judge(Exchange? info, IReadOnlyList<ChatTry> tries, TimeSpan chatTime)
    {
        var chat = tries.Count > 0 ? tries[^1].Exchange : null;
        if ((chat ?? info) is not { } decisive)
        {
            _verdicts.Record(CheckId.Connect, Finding.Of(EndpointErrors.BudgetSpent, "The time limit had passed before a request could be sent."));
            _verdicts.SkipRest("No time was left.");
            return;
        }

        _connectTime ??= chat?.Attempts[0].Timings.Connect;
        var connect = ConnectPolicy.Judge(decisive, _routes, _connectTime);
        _verdicts.Record(CheckId.Connect, connect, _connectTime ?? TimeSpan.Zero, Evidence.Of(decisive));
        if (connect.Status is CheckStatus.Fail or CheckStatus.Inconclusive)
        {
            _verdicts.SkipRest("The endpoint was not reached.");
            return;
        }

        JudgeAuthentication(chat);
        if (_verdicts[CheckId.AuthAccepted].Status == CheckStatus.Fail)
        {
            _verdicts.SkipRest("Authentication failed, so nothing else could be asked.");
            return;
        }

        JudgeInfo(info, chat);
        JudgeChat(tries, chatTime);
    }

    private void JudgeAuthentication(Exchange? chat)
    {
        _verdicts.Start(CheckId.AuthAccepted);
        _verdicts.Record(
            CheckId.AuthAccepted,
            chat is null ? Finding.Skip("No time was left to ask the chat route.") : AuthPolicy.JudgeAccepted(chat, _context),
            evidence: chat is null ? null : new Evidence().Add("httpStatus", chat.Last.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private void JudgeInfo(Exchange? info, Exchange? chat)
    {
        if (_routes.IsOpenAIRoot)
        {
            _verdicts.Record(CheckId.Info, Finding.Skip("Absent by design: the OpenAI route of a Foundry resource has no /info."));
            return;
        }

        var finding = info is null
            ? Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask /info.")
            : InfoPolicy.Judge(info, _context, chat?.Last.Status == 200);
        var evidence = info is null ? null : Evidence.Of(info).WithBody(info.Last);
        _verdicts.Record(CheckId.Info, finding, info is null ? TimeSpan.Zero : Total(info), evidence);
    }

    private void JudgeChat(IReadOnlyList<ChatTry> tries, TimeSpan time)
    {
        if (tries.Count == 0)
        {
            _verdicts.Record(CheckId.ChatBasic, Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask the chat route."));
            _verdicts.SkipRest("No time was left.");
            return;
        }

        var last = tries[^1];
        var finding = ChatPolicy.Judge(tries, _context);
        _verdicts.Record(CheckId.ChatBasic, finding, time, ChatEvidence.Of(tries, ChatPolicy.Read(last, _context), finding));
        if (last.Exchange.Last.Status != 200)
        {
            _verdicts.SkipRest(finding.Status == CheckStatus.Inconclusive ? "chat.basic could not be judged." : "chat.basic got no answer.");
            return;
        }

        _dialect = last.Dialect;
        var limits = RateLimits.Of(last.Exchange.Last.Response!);
        _verdicts.Record(CheckId.Limits, LimitsPolicy.Judge(limits), evidence: limits.Aggregate(new Evidence(), (evidence, limit) => evidence.Add(limit.Name, limit.Value)));
        _latency = new() { Connect = _connectTime, Total = last.Exchange.Last.Timings.Total };
    }

    private async Task StreamAsync(Questioning questioning, ChatTry basic, CancellationToken cancellationToken)
    {
        _verdicts.Start(CheckId.ChatStream);
        var started = _session.Elapsed;
        var tries = await questioning.StreamAsync(basic, _context, cancellationToken).ConfigureAwait(false);
        if (tries.Count == 0)
        {
            _verdicts.Record(CheckId.ChatStream, Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask for a stream."));
            return;
        }

        var last = tries[^1];
        var finding = StreamPolicy.Judge(tries, _context);
        var stream = StreamBody.Read(last.Exchange.Last.Response?.Events ?? []);
        var evidence = ChatEvidence.Of(tries, StreamPolicy.Read(last, _context), finding).Add("events", last.Exchange.Last.Response?.Events.Count ?? 0);
        _verdicts.Record(CheckId.ChatStream, finding, _session.Elapsed - started, evidence);
        _latency = _latency! with { FirstToken = stream.ContentTimes.Count > 0 ? stream.ContentTimes[0] : null, BetweenTokens = stream.MedianGap };
    }

    private async Task RejectAsync(ChatRequests requests, ChatTry basic, CancellationToken cancellationToken)
    {
        _verdicts.Start(CheckId.AuthRejected);
        var started = _session.Elapsed;
        var wrongKey = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);
        _scrubber.Add(wrongKey);
        var wrongCredential = requests.Authorization.Header == "api-key" ? Authorization.ForKey(_routes.Base, wrongKey) : Authorization.Bearer(wrongKey);
        int? tokens = basic.Purpose == ChatPurpose.WithoutParameters ? null : _options.AnswerTokens;
        var wrong = await AskAsync(requests.Chat(basic.Dialect, SumQuestion.Draw(_random), tokens, credential: wrongCredential)).ConfigureAwait(false);
        var without = wrong is null ? null : await AskAsync(requests.Chat(basic.Dialect, SumQuestion.Draw(_random), tokens, anonymous: true)).ConfigureAwait(false);
        if (wrong is null || without is null)
        {
            _verdicts.Record(CheckId.AuthRejected, Finding.Of(EndpointErrors.BudgetSpent, "No time was left to try a wrong credential."));
            return;
        }

        _verdicts.Record(CheckId.AuthRejected, AuthPolicy.JudgeRejected(wrong, without), _session.Elapsed - started, Evidence.Of(wrong));

        Task<Exchange?> AskAsync(ProbeRequest request) => _session.ExchangeAsync(request, _session.SmallShare, cancellationToken);
    }

    private static TimeSpan Total(Exchange exchange) => exchange.Attempts.Aggregate(TimeSpan.Zero, (sum, attempt) => sum + attempt.Timings.Total);
}
