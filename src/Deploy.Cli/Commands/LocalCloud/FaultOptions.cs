using System.CommandLine;
using Deploy.Core;
using Deploy.Emulator.Faults;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary>What a fault rule can say, as options.</summary>
internal sealed class FaultOptions
{
    private readonly Argument<string> _kind = new("kind") { Description = $"{string.Join(", ", FaultKinds.All)}; or none to remove every rule." };
    private readonly Argument<string?> _endpoint = new("endpoint") { Description = "The endpoint, with or without its suffix; * for all endpoints (default for newlines). Left out: Azure Resource Manager and sign-in as well.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _method = new("--method") { Description = "Requests with this method only.", HelpName = "METHOD" };
    private readonly Option<string?> _path = new("--path") { Description = "Requests to this path only; * within a segment, ** across them.", HelpName = "GLOB" };
    private readonly Option<string?> _type = new("--resource-type") { Description = "Operations on this type only.", HelpName = "TYPE" };
    private readonly Option<string?> _resource = new("--resource") { Description = "Operations on resources of this name only.", HelpName = "GLOB" };
    private readonly Option<int?> _after = new("--after") { Description = "Let so many pass first.", HelpName = "N" };
    private readonly Option<int?> _times = new("--times") { Description = "Hit so often (default: without end).", HelpName = "N" };
    private readonly Option<double?> _probability = new("--probability") { Description = "Hit this share of them, 0 to 1.", HelpName = "P" };
    private readonly Option<int?> _seed = new("--seed") { Description = "Makes --probability choose the same ones again.", HelpName = "N" };
    private readonly Option<int?> _status = new("--status") { Description = "Of status and propagation.", HelpName = "N" };
    private readonly Option<string?> _delay = new("--delay") { Description = "Of latency, first-token, between-tokens, propagation, operation-stall: 500ms, 2s.", HelpName = "TIME" };
    private readonly Option<string?> _retryAfter = new("--retry-after") { Description = "Of throttling and status.", HelpName = "TIME" };
    private readonly Option<int?> _bytes = new("--bytes") { Description = "Of truncation.", HelpName = "N" };
    private readonly Option<string?> _body = new("--body") { Description = "Of body and status.", HelpName = "TEXT" };
    private readonly Option<string?> _contentType = new("--content-type") { Description = "Of content-type, body and status.", HelpName = "TYPE" };
    private readonly Option<string?> _code = new("--code") { Description = "Of operation-failure: a code, or the name of a failure that Azure documents (ResourceNotReady, OutOfQuota/disk), which brings its text.", HelpName = "CODE" };
    private readonly Option<string?> _message = new("--message") { Description = "Of operation-failure.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        _kind.AcceptOnlyFromAmong([.. FaultKinds.All, "none"]);
        command.Arguments.Add(_kind);
        command.Arguments.Add(_endpoint);
        foreach (var option in (Option[])[_method, _path, _type, _resource, _after, _times, _probability, _seed, _status, _delay, _retryAfter, _bytes, _body, _contentType, _code, _message])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Null when every rule is to go.</summary>
    public FaultRule? Read(ParseResult parsed)
    {
        var kind = parsed.GetValue(_kind)!;
        return kind == "none" ? null : new FaultRule
        {
            Kind = kind,
            Endpoint = parsed.GetValue(_endpoint) ?? (kind == FaultKinds.Newlines ? "*" : null),
            Method = parsed.GetValue(_method),
            Path = parsed.GetValue(_path),
            ResourceType = parsed.GetValue(_type),
            Resource = parsed.GetValue(_resource),
            After = parsed.GetValue(_after),
            Times = parsed.GetValue(_times),
            Probability = parsed.GetValue(_probability),
            Seed = parsed.GetValue(_seed),
            Status = parsed.GetValue(_status),
            Delay = Time(parsed, _delay),
            RetryAfter = Time(parsed, _retryAfter),
            Bytes = parsed.GetValue(_bytes),
            Body = parsed.GetValue(_body),
            ContentType = parsed.GetValue(_contentType),
            Code = parsed.GetValue(_code),
            Message = parsed.GetValue(_message),
        };
    }

    private static TimeSpan? Time(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : VerifyOptions.Parse(text) ?? throw new DeployException(CliErrors.BadArguments.With($"{option.Name} takes a time such as 500ms or 2s, not '{text}'."));
}
