using Deploy.Catalog;
using Deploy.Core;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Running.Checks;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Runs the checks of one endpoint, one request after another, because a small deployment serves one at a time.</summary>
internal sealed class EndpointRun
{
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
    private bool _infoComesAgain;
    private bool _keyIsInOneHeader;
    private TimeSpan? _connectTime;

    public EndpointRun(EndpointTarget target, EndpointSession session, RunSettings settings, int seed)
    {
        _target = target;
        _session = session;
        _options = settings.Options;
        _random = new Random(seed);
        _routes = InferenceRoutes.Of(target.Uri);
        _scrubber.Add(target.Credential.Secret);
        _scrubber.Add(_options.SafetyProbe);
        _verdicts = new Verdicts(target, _scrubber, settings.Progress);
        var model = target.Model is { } name ? settings.Models.Find(name) : null;
        _context = new()
        {
            Target = target,
            ModelIsRetired = model?.Lifecycle.At(settings.TimeProvider.GetUtcNow()) == LifecycleStage.Retired,
            Successor = model?.Successor?.Value,
            KnownModels = [.. settings.Models.Models.Select(known => known.Name.Value)],
            SystemRole = model?.SystemRole ?? SystemRole.Unknown,
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
        _verdicts.SkipRest("An earlier check could not be carried out.");
        return ToReport();
    }

    private EndpointReport ToReport()
    {
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
            Cost = _session.Cost,
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

        if (_session.Exhausted is { } spent)
        {
            _verdicts.Record(CheckId.Connect, Finding.Of(EndpointErrors.BudgetSpent, spent));
            _verdicts.SkipRest("Nothing was left to ask with.");
            return;
        }

        if (await AuthorizeAsync(cancellationToken).ConfigureAwait(false) is not { } authorization)
        {
            return;
        }

        var requests = new ChatRequests(_routes, authorization) { ModelName = _target.Model?.Value ?? "default" };
        var info = _routes.InfoAbsence is not null ? null : await AskInfoAsync(requests, cancellationToken).ConfigureAwait(false);
        var questioning = new Questioning(_session, requests, _routes, _options, _random);
        _verdicts.Start(CheckId.ChatBasic);
        var started = _session.Elapsed;
        var tries = info is { Last: { Response: null, Failure: { ConnectionStood: false } } }
            ? []
            : await questioning.AskAsync(_context, cancellationToken).ConfigureAwait(false);
        if (await FindKeyHeaderAsync(requests, tries, cancellationToken).ConfigureAwait(false))
        {
            info = _routes.InfoAbsence is not null ? null : await AskInfoAsync(requests, cancellationToken).ConfigureAwait(false);
            tries = await questioning.AskAsync(_context, cancellationToken).ConfigureAwait(false);
        }

        if (tries.Count > 0 && tries[^1].Exchange.Last.Status is 404 or 405 && !_context.InfoAnswered)
        {
            _context = _context with { Hint = await new RouteSearch(_session, _routes, requests, _random).FindAsync(cancellationToken).ConfigureAwait(false) };
        }

        var chatTime = _session.Elapsed - started;
        var deployments = tries.Count == 0 ? [] : await new DeploymentsCheck(questioning, _context).RunAsync(tries[^1], cancellationToken).ConfigureAwait(false);
        Judge(info, tries, deployments, chatTime);
        if (_dialect != EndpointDialect.None)
        {
            var conversation = new Conversation(_session, requests, questioning, _context, _random) { Basic = tries[^1] };
            var further = new FurtherChecks(conversation, _session, _verdicts, _options.SafetyProbe);
            _latency = await further.RunAsync(new RejectCheck(conversation, _scrubber), _latency!, cancellationToken).ConfigureAwait(false);
            if (_dialect == EndpointDialect.AzureInference && await questioning.UnderstandsOpenAIAsync(cancellationToken).ConfigureAwait(false))
            {
                _dialect = EndpointDialect.Both;
            }

            await AskInfoAgainAsync(requests, info, cancellationToken).ConfigureAwait(false);
            RecordLimits();
            await MeasureAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
    }

    // Clients of the OpenAI kind send keys as bearer tokens, Azure's in both headers; some gateways know only one of them.
    private async Task<bool> FindKeyHeaderAsync(ChatRequests requests, IReadOnlyList<ChatTry> tries, CancellationToken cancellationToken)
    {
        if (tries.Count == 0 || tries[^1].Exchange.Last.Status != 401 || _target.Credential is not { TokenCredential: null, Secret: { } key } || requests.Authorization.Header == "api-key")
        {
            return false;
        }

        var form = ChatForm.Plain(tries[^1].Dialect, SumQuestion.Draw(_random).Text, _options.AnswerTokens);
        var exchange = await _session.ExchangeAsync(requests.Refused(form, Authorization.InKeyHeader(key)), _session.SmallShare, cancellationToken).ConfigureAwait(false);
        _keyIsInOneHeader = exchange?.Last.Status == 200;
        if (_keyIsInOneHeader)
        {
            requests.Authorization = Authorization.InKeyHeader(key);
        }

        return _keyIsInOneHeader;
    }

    private async Task MeasureAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (_verdicts[CheckId.ChatBasic].Status is CheckStatus.Fail or CheckStatus.Inconclusive || _verdicts[CheckId.ChatStream].Status is CheckStatus.Fail or CheckStatus.Inconclusive)
        {
            _verdicts.Record(CheckId.Latency, Finding.Skip("Not judged, because chat.basic or chat.stream did not pass."));
            return;
        }

        _verdicts.Start(CheckId.Latency);
        var started = _session.Elapsed;
        ((var finding, var evidence), _latency) = await new LatencyCheck(conversation, _options).RunAsync(_latency!, cancellationToken).ConfigureAwait(false);
        _verdicts.Record(CheckId.Latency, finding, _session.Elapsed - started, evidence);
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
            var named = ModelIdentity.Read(response.Body)?.Name;
            _context = _context with { InfoAnswered = named is not null, InfoConfirms = named is not null && _target.Model is { } expected && ModelNames.AreSame(named, expected.Value) };
            requests.ModelName = _target.Model?.Value ?? ModelIdentity.Read(response.Body)?.Name ?? requests.ModelName;
        }

        return info;
    }

    // Whoever was throttled or still starting at the first question deserves the question again once chat works.
    private static bool DeservesAnother(Exchange? info, IReadOnlyList<ChatTry> tries) =>
        tries.Count > 0 && tries[^1].Exchange.Last.Status == 200
        && (info?.Last.Status == 429 || (info?.Last.Status is 401 or 403 or 404 or 424 or 502 or 503 or 504 && tries[0].Exchange.Attempts.Count > 1));

    private async Task AskInfoAgainAsync(ChatRequests requests, Exchange? first, CancellationToken cancellationToken)
    {
        if (_infoComesAgain)
        {
            JudgeInfo(await _session.ExchangeAsync(requests.Info(), _session.WholeShare, cancellationToken).ConfigureAwait(false) ?? first, chatIsAccepted: true, _dialect);
        }
    }

    private void RecordLimits()
    {
        var reading = _session.Limits;
        var evidence = reading.Limits.Aggregate(new Evidence(), (evidence, limit) => evidence.Add(limit.Name, limit.Value));
        if (reading.Throttled > 0)
        {
            evidence.Add("throttled", reading.Throttled);
        }

        _verdicts.Record(CheckId.Limits, LimitsPolicy.Judge(reading), evidence: evidence);
    }

    private void Judge(Exchange? info, IReadOnlyList<ChatTry> tries, IReadOnlyList<DeploymentFinding> deployments, TimeSpan chatTime)
    {
        var chat = tries.Count > 0 ? tries[^1].Exchange : null;
        if ((chat ?? info) is not { } decisive)
        {
            _verdicts.Record(CheckId.Connect, Finding.Of(EndpointErrors.BudgetSpent, _session.Exhausted ?? "The time limit had passed before a request could be sent."));
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

        _infoComesAgain = DeservesAnother(info, tries);
        if (!_infoComesAgain)
        {
            JudgeInfo(info, chat?.Last.Status == 200, tries.Count > 0 ? tries[^1].Dialect : EndpointDialect.None);
        }

        JudgeChat(tries, deployments, chatTime);
    }

    private void JudgeAuthentication(Exchange? chat)
    {
        _verdicts.Start(CheckId.AuthAccepted);
        _verdicts.Record(
            CheckId.AuthAccepted,
            chat is null ? Finding.Skip("No time was left to ask the chat route.") : AuthPolicy.JudgeAccepted(chat, _context, _keyIsInOneHeader),
            evidence: chat is null ? null : new Evidence().Add("httpStatus", chat.Last.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private void JudgeInfo(Exchange? info, bool chatIsAccepted, EndpointDialect dialect)
    {
        if (_routes.InfoAbsence is { } absence)
        {
            _verdicts.Record(CheckId.Info, Finding.Skip($"Absent by design: {absence}."));
            return;
        }

        var finding = info is null
            ? Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask /info.")
            : InfoPolicy.Judge(info, _context, chatIsAccepted, dialect);
        var evidence = info is null ? null : Evidence.Of(info).WithBody(info.Last);
        _verdicts.Record(CheckId.Info, finding, info is null ? TimeSpan.Zero : Total(info), evidence);
    }

    private void JudgeChat(IReadOnlyList<ChatTry> tries, IReadOnlyList<DeploymentFinding> deployments, TimeSpan time)
    {
        if (tries.Count == 0)
        {
            _verdicts.Record(CheckId.ChatBasic, Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask the chat route."));
            _verdicts.SkipRest("No time was left.");
            return;
        }

        var last = tries[^1];
        var finding = DeploymentPolicy.Judge(ChatPolicy.Judge(tries, _context), deployments);
        var evidence = ChatEvidence.Of(tries, ChatPolicy.Read(last, _context), finding);
        _verdicts.Record(CheckId.ChatBasic, finding, time, deployments.Aggregate(evidence, (items, item) => items.Add($"deployment {item.Name}", item.Text)));
        if (last.Exchange.Last.Status != 200)
        {
            if (!_session.Limits.IsEmpty)
            {
                RecordLimits();
            }

            _verdicts.SkipRest(finding.Status == CheckStatus.Inconclusive ? "chat.basic could not be judged." : "chat.basic got no answer.");
            return;
        }

        _dialect = last.Dialect;
        _latency = new() { Connect = _connectTime, Total = last.Exchange.Last.Timings.Total };
    }

    private static TimeSpan Total(Exchange exchange) => exchange.Attempts.Aggregate(TimeSpan.Zero, (sum, attempt) => sum + attempt.Timings.Total);
}
