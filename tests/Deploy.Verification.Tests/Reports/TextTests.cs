using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Tests.Reports;

public sealed class TextTests
{
    [Theory]
    [InlineData("/subscriptions/0a1b2c3d-1111-2222-3333-444444444444/x", "/subscriptions/0a1b2c3d-****/x")]
    [InlineData("principal 0A1B2C3D-1111-2222-3333-444444444444.", "principal 0A1B2C3D-****.")]
    [InlineData("0a1b2c3d-1111-2222-3333-444444444444", "0a1b2c3d-1111-2222-3333-444444444444")]
    [InlineData("no id 1234-5678", "no id 1234-5678")]
    public void IdentifierMask_Text_KeepsTheFirstGroup(string text, string expected) => Assert.Equal(expected, IdentifierMask.Clean(text));

    [Fact]
    public void Cut_BetweenTheHalvesOfACharacter_LeavesItOut() => Assert.Equal("ab…", VisibleText.Cut("ab😀cd", 4));

    [Fact]
    public void WellFormed_LoneHalves_AreReplaced() => Assert.Equal("a\ufffdb\ufffd😀", VisibleText.WellFormed("a\ud83db\udc00😀"));

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 2, 2)]
    [InlineData(10, 5, 9, 10)]
    [InlineData(11, 6, 10, 11)]
    [InlineData(100, 50, 90, 99)]
    [InlineData(200, 100, 180, 198)]
    public void Percentiles_OfOneToN_AreNearestRanks(int number, int p50, int p90, int p99)
    {
        var percentiles = Percentiles.Of([.. Enumerable.Range(1, number).Reverse().Select(value => TimeSpan.FromSeconds(value))])!;

        Assert.Equal((p50, p90, p99), ((int)percentiles.P50.TotalSeconds, (int)percentiles.P90.TotalSeconds, (int)percentiles.P99.TotalSeconds));
    }

    [Fact]
    public void Percentiles_OfNothing_AreNone() => Assert.Null(Percentiles.Of([]));
}
