using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Tests.Endpoints.Policies;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("-3", null)]
    [InlineData("0, 40", 40.0)]
    [InlineData("Mon, 23 Nov 2026 12:00:30 GMT", 30.0)]
    [InlineData("Mon, 23 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("99999999999999999999", 180 * 86400.0)]
    [InlineData("soon", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void Of_RetryAfter_IsReadDefensively(string header, double? seconds) =>
        Assert.Equal(seconds, RetryAfter.Of(Response(("Retry-After", header)), Now)?.TotalSeconds);

    [Fact]
    public void Of_SeveralHeaders_TakesTheLongest() =>
        Assert.Equal(1000, RetryAfter.Of(Response(("Retry-After", "1"), ("retry-after-ms", "250")), Now)!.Value.TotalMilliseconds);

    [Fact]
    public void Of_MillisecondsHeaderAlone_IsRead() =>
        Assert.Equal(250, RetryAfter.Of(Response(("retry-after-ms", "250")), Now)!.Value.TotalMilliseconds);

    [Fact]
    public void Of_DateWithServersClock_IsMeasuredByThatClock() =>
        Assert.Equal(10, RetryAfter.Of(Response(("Retry-After", "Mon, 23 Nov 2026 15:00:10 GMT"), ("Date", "Mon, 23 Nov 2026 15:00:00 GMT")), Now)!.Value.TotalSeconds);

    private static ProbeResponse Response(params (string Name, string Value)[] headers) => new()
    {
        Status = 429,
        Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
        MediaType = "",
        Body = "",
        BodySizeBytes = 0,
    };
}
