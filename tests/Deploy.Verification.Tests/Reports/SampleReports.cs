using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Environments;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Tests.Reports;

/// <summary>Reports to render: an ordinary one, one of hostile text in great number, and one of a command that ended early.</summary>
internal static class SampleReports
{
    /// <summary>What services, models and names could hold to break a report or its reader.</summary>
    public const string Hostile =
        "a|b `c` **d** <script>alert(1)</script> </details></td></table> <img src=x onerror=alert(1)> @octocat #123 GH-7 https://evil.example www.evil.example [x](javascript:1) "
        + "-->]]>&amp;\u202eflip\u202c \u0000\u0001\u001b[31m\u0085\u200b\ufeff\ufffe \ud83d lone \udc00 ok 😀👩\u200d🚀 漢字\nsecond line\r\n::error title=x::y\n##vso[task.setvariable variable=x]y\n##[error]z $(id) %0A%25";

    public static readonly DateTimeOffset StartedAt = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    /// <summary>Four endpoints, one of each verdict.</summary>
    public static RunReport Ordinary() => new()
    {
        Command = "verify",
        Stack = "dev",
        StartedAt = StartedAt,
        Duration = TimeSpan.FromSeconds(3.25),
        Result = "failed",
        Errors = [EndpointErrors.VerificationFailed.With("1 of 4 endpoints failed verification: mini.", "Follow it.")],
        Verification = new()
        {
            Duration = TimeSpan.FromSeconds(3),
            Endpoints =
            [
                Endpoint("good", Check(CheckId.Connect), Check(CheckId.ChatBasic)),
                Endpoint("mini", Check(CheckId.Connect), Check(CheckId.ChatBasic, EndpointErrors.OnlyWhitespace, CheckStatus.Fail)),
                Endpoint("busy", Check(CheckId.Connect), Check(CheckId.ChatBasic, EndpointErrors.Throttled, CheckStatus.Inconclusive)),
                Endpoint("odd", Check(CheckId.Connect), Check(CheckId.ChatBasic, EndpointErrors.UsageMissing, CheckStatus.Warn), Check(CheckId.Safety, null, CheckStatus.Skip)),
            ],
        },
        Quota = Quota("assistants/mini", "short of 4"),
        Comparison = new() { BaselineStartedAt = StartedAt.AddDays(-1), Differences = [new("assistants/mini", "chat.basic", "pass", "fail", IsWorse: true)] },
        History = [Earlier(2, CheckStatus.Pass), Earlier(1, CheckStatus.Warn)],
        Sources = new Dictionary<string, SourceMark> { ["assistants/mini"] = new("stacks/Pulumi.dev.yaml", 8, 11) },
    };

    /// <summary>Everything that comes from outside is hostile, and there is much of it.</summary>
    public static RunReport Large(int endpoints = 300)
    {
        var text = Hostile + new string('x', 500) + Hostile;
        return Ordinary() with
        {
            Errors = [EndpointErrors.VerificationFailed.With(text, text, text, text), EndpointErrors.ReadFailed.With(text)],
            Verification = new()
            {
                Endpoints = [.. Enumerable.Range(0, endpoints).Select(at => Endpoint($"e{at} {Hostile}",
                    [.. CheckId.All.Select((id, place) => place % 3 == 0 ? Check(id, EndpointErrors.WrongAnswer, CheckStatus.Fail, text) : Check(id, message: text))]))],
            },
            Quota = Quota(Hostile, text),
            Comparison = new() { Differences = [.. Enumerable.Range(0, endpoints).Select(at => new Difference($"e{at} {Hostile}", "chat.basic", "pass", "fail", IsWorse: true))] },
        };
    }

    /// <summary>An <c>up</c> that failed before it could verify.</summary>
    public static RunReport Ended() => new()
    {
        Command = "up",
        Stack = "dev",
        StartedAt = StartedAt,
        Result = "failed",
        Errors = [EndpointErrors.ReadForbidden.With("The subscription may not be read.")],
        NotVerified = new("`deploy up` ended before verification: DEP4701, The subscription may not be read.", IsWanted: false),
    };

    public static CheckReport Check(CheckId id, ErrorDefinition? definition = null, CheckStatus status = CheckStatus.Pass, string message = "It was seen.") => new()
    {
        Id = id,
        Status = status,
        Code = definition?.Code,
        Definition = definition,
        Message = message,
        Suggestion = definition?.Suggestion,
        Duration = TimeSpan.FromMilliseconds(120),
        Evidence = new Dictionary<string, JsonValue> { ["httpStatus"] = JsonValue.Create(200), ["answer"] = JsonValue.Create(message) },
    };

    public static EndpointReport Endpoint(string name, params IReadOnlyList<CheckReport> checks) => new()
    {
        Name = name,
        Project = "assistants",
        Uri = new Uri("https://mini.eastus2.models.ai.azure.com/"),
        Model = name.Length > 20 ? name : "Phi-4-mini-instruct",
        Compute = ComputeKind.Serverless,
        Dialect = EndpointDialect.Both,
        Checks = checks,
        Cost = new() { Requests = 12, Tokens = 480 },
        Duration = TimeSpan.FromSeconds(1.5),
        Latency = new()
        {
            FirstToken = TimeSpan.FromMilliseconds(210),
            Total = TimeSpan.FromMilliseconds(400),
            Samples = new() { Asked = 5, Answered = 4, FirstToken = Times(200, 210, 260, 900), Total = Times(400, 420, 500, 1500) },
        },
    };

    private static TimeSpan[] Times(params double[] milliseconds) => [.. milliseconds.Select(TimeSpan.FromMilliseconds)];

    private static EarlierRun Earlier(int days, CheckStatus status) => new()
    {
        Stack = "dev",
        StartedAt = StartedAt.AddDays(-days),
        Status = status,
        Endpoints = [new() { FullName = "assistants/mini", Status = status, Latency = new() { Total = TimeSpan.FromMilliseconds(300 * days) } }],
    };

    private static QuotaReport Quota(string scope, string reason) => new()
    {
        Rows =
        [
            Row(QuotaKind.Cores, scope, 80, 100, 24, 20, QuotaStatus.Fail, reason),
            Row(QuotaKind.TokensPerMinute, scope, null, null, 1, 0, QuotaStatus.Unverified, reason),
            Row(QuotaKind.Endpoints, scope, 3, 100, 1, 0, QuotaStatus.Pass, null),
        ],
    };

    private static QuotaReportRow Row(QuotaKind kind, string scope, long? used, long? limit, long needed, long reserve, QuotaStatus status, string? reason) => new()
    {
        Kind = kind,
        Scope = scope,
        Location = "eastus2",
        Used = used,
        Limit = limit,
        Needed = needed,
        Reserve = reserve,
        Headroom = limit - used - needed - reserve,
        Status = status,
        Reason = reason,
        Consumers = [scope],
    };
}
