using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Faults;

/// <summary>What the rules do to requests: before anybody answers, and while an answer leaves.</summary>
/// <param name="rules">The rules.</param>
/// <param name="cloud">Where resources and their age are looked up.</param>
/// <param name="clock">Runs as fast as clients' clocks: a delay of 2 s takes 2 s.</param>
internal sealed class FaultedRequests(FaultRules rules, Cloud cloud, TimeProvider clock)
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    private readonly ResourceAge _age = new(cloud);

    /// <summary>Null when the request is to go on; an answer with status 0 when the connection was reset.</summary>
    public async Task<ArmResponse?> BeforeAsync(HttpContext context, IReadOnlyList<string> segments, CancellationToken cancellationToken)
    {
        var rule = rules.Take(FaultKinds.IsOfRequest, rule => FaultMatch.IsMeant(rule, context.Request.Method, segments) && IsDue(rule, context.Request, segments), Hit(context, segments));
        if (rules.All().Any(other => FaultKinds.IsOfAnswer(other.Kind)))
        {
            context.Response.Body = new FaultedBody(context, context.Response.Body, () => Answering(context, segments), clock);
        }

        context.Items["fault"] = rule?.Kind;
        switch (rule?.Kind)
        {
            case null:
                return null;
            case FaultKinds.Latency:
                await Task.Delay(rule.Delay!.Value, clock, cancellationToken);
                return null;
            case FaultKinds.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
                return null;
            case FaultKinds.Reset:
                context.Abort();
                return new ArmResponse(0);
            default:
                return Answer(rule, segments);
        }
    }

    private FaultRule? Answering(HttpContext context, IReadOnlyList<string> segments)
    {
        var rule = context.Response.StatusCode >= 400 ? null : rules.Take(FaultKinds.IsOfAnswer, rule => FaultMatch.IsMeant(rule, context.Request.Method, segments), Hit(context, segments));
        context.Items["fault"] = rule?.Kind ?? context.Items["fault"];
        return rule;
    }

    private bool IsDue(FaultRule rule, HttpRequest request, IReadOnlyList<string> segments) => rule.Kind switch
    {
        FaultKinds.Propagation => _age.Of(segments) is { } age && age < rule.Delay,
        // Keys do not expire: they have no dots, tokens have two.
        FaultKinds.TokenExpiry => request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Count(character => character == '.') == 2,
        _ => true,
    };

    private static ArmResponse Answer(FaultRule rule, IReadOnlyList<string> segments)
    {
        var isInference = segments is ["serverless" or "online", ..];
        var status = rule.Kind switch
        {
            FaultKinds.Throttling => 429,
            FaultKinds.TokenExpiry => 401,
            FaultKinds.Propagation => rule.Status ?? (isInference ? 401 : 403),
            _ => rule.Status ?? 500,
        };
        if (rule.Body is { } body)
        {
            return Retrying(new ArmResponse(status, JsonValue.Create(body)).With("Content-Type", rule.ContentType ?? "application/json"), rule);
        }

        var response = isInference
            ? status == 401 ? DataPlane.InferenceErrors.Unauthorized() : DataPlane.InferenceErrors.Error(status, Code(rule, status), $"Fault rule '{rule.Id}' of the local Azure.")
            : ArmErrors.Error(status, Code(rule, status), Message(rule));
        return Retrying(rule.Kind == FaultKinds.TokenExpiry && !isInference ? response.With("WWW-Authenticate", "Bearer error=\"invalid_token\"") : response, rule);
    }

    private static ArmResponse Retrying(ArmResponse response, FaultRule rule) => rule.RetryAfter is null && rule.Kind != FaultKinds.Throttling ? response
        : response.With("Retry-After", ((long)Math.Ceiling((rule.RetryAfter ?? DefaultRetryAfter).TotalSeconds)).ToString(CultureInfo.InvariantCulture));

    private static string Code(FaultRule rule, int status) => rule.Kind switch
    {
        FaultKinds.Throttling => "TooManyRequests",
        FaultKinds.TokenExpiry => "ExpiredAuthenticationToken",
        FaultKinds.Propagation => "AuthorizationFailed",
        _ => status >= 500 ? "InternalServerError" : "BadRequest",
    };

    private static string Message(FaultRule rule) => rule.Kind switch
    {
        FaultKinds.TokenExpiry => "The access token expiry UTC time is in the past.",
        FaultKinds.Propagation => "The client does not have authorization to perform the action over the scope, or the scope is invalid. If access was recently granted, please refresh your credentials.",
        _ => $"Fault rule '{rule.Id}' of the local Azure.",
    };

    private FaultHit Hit(HttpContext context, IReadOnlyList<string> segments) => new() { Time = cloud.Now, Method = context.Request.Method, Path = "/" + string.Join('/', segments) };
}
