using Deploy.Catalog;
using Deploy.Emulator.DataPlane.Throttling;
using Microsoft.Extensions.Time.Testing;

namespace Deploy.Emulator.Tests.DataPlane;

public sealed class RateLimitsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Take_RequestsUsedUp_RefusesUntilTheMinuteIsOver()
    {
        var limits = new RateLimits(new ServerlessLimits(1000, 2, 1), _clock);
        Assert.Equal(1, limits.Take("a", 1).Requests);
        _clock.Advance(TimeSpan.FromSeconds(18.5));
        Assert.Null(limits.Take("a", 1).Refused);
        var refused = limits.Take("a", 1);
        Assert.Equal("2 requests", refused.Refused);
        Assert.Contains(refused.Refusal!.Headers, header => header is { Key: "Retry-After", Value: "42" });
        Assert.Null(limits.Take("b", 1).Refused);
        _clock.Advance(TimeSpan.FromSeconds(41.5));
        Assert.Null(limits.Take("a", 1).Refused);
    }

    [Fact]
    public void Take_TokensOfAnswers_CountToo()
    {
        var limits = new RateLimits(new ServerlessLimits(100, 50, 1), _clock);
        Assert.Equal(60, limits.Take("a", 40).Tokens);
        limits.AddTokens("a", 55);
        Assert.Equal("100 tokens", limits.Take("a", 6).Refused);
        Assert.Equal(0, limits.Take("a", 5).Tokens);
        limits.Clear();
        Assert.Equal(94, limits.Take("a", 6).Tokens);
    }
}
