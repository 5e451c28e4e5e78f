using System.Collections.Concurrent;
using System.Globalization;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Access;

/// <summary>
/// How many requests a principal has left, as Azure's answers tell. Buckets and refill are Azure Resource Manager's (per subscription and principal: reads 250 + 25 a second,
/// writes and deletes 200 + 10 a second). They are counted and shown, not enforced.
/// </summary>
internal sealed class RequestAllowance(TimeProvider clock)
{
    private static readonly Kind Reads = new("reads", 250, 25);
    private static readonly Kind Writes = new("writes", 200, 10);
    private static readonly Kind Deletes = new("deletes", 200, 10);

    private readonly ConcurrentDictionary<(string Principal, string Scope, string Kind), Bucket> _buckets = new();

    public ArmResponse Count(ArmResponse response, Caller caller, string method, bool isInSubscription)
    {
        var kind = method switch { "GET" or "HEAD" => Reads, "DELETE" => Deletes, _ => Writes };
        var scope = isInSubscription ? "subscription" : "tenant";
        var bucket = _buckets.AddOrUpdate(
            (caller.ObjectId, scope, kind.Name),
            _ => new Bucket(kind.Size - 1, clock.GetUtcNow()),
            (_, before) => before.Take(kind, clock.GetUtcNow()));
        var counted = response.With($"x-ms-ratelimit-remaining-{scope}-{kind.Name}", Text(bucket.Left));

        // The limit over all principals of a subscription is 15 times one's own.
        return isInSubscription ? counted.With($"x-ms-ratelimit-remaining-subscription-global-{kind.Name}", Text((kind.Size * 14) + bucket.Left)) : counted;
    }

    private static string Text(double left) => ((int)left).ToString(CultureInfo.InvariantCulture);

    private sealed record Kind(string Name, int Size, int PerSecond);

    private sealed record Bucket(double Left, DateTimeOffset At)
    {
        public Bucket Take(Kind kind, DateTimeOffset now) => new(Math.Max(0, Math.Min(kind.Size, Left + (kind.PerSecond * (now - At).TotalSeconds)) - 1), now);
    }
}
