using Deploy.Core;
using Xunit;

namespace Deploy.Core.Tests;

public sealed class SpellingTests
{
    private static readonly string[] Words = ["serverless", "managed", "model", "name"];

    [Theory]
    [InlineData("serverles", "serverless")]
    [InlineData("MODEL", "model")]
    [InlineData("modle", "model")]
    [InlineData("nmae", "name")]
    [InlineData("region", null)]
    [InlineData("", null)]
    public void Nearest_Word_GivesWhatWasMeantOrNothing(string word, string? meant) => Assert.Equal(meant, Spelling.Nearest(word, Words));

    [Fact]
    public void Closest_SeveralNear_GivesBestFirst() => Assert.Equal(["Phi-4", "Phi-3"], Spelling.Closest("Phi-4x", ["Phi-3", "Phi-4", "other"], 3));

    [Fact]
    public void ToString_Secret_ShowsNothing()
    {
        var secret = new SecretText("abc");
        Assert.Equal(("[secret]", "abc", "{}"), (secret.ToString(), secret.Reveal(), System.Text.Json.JsonSerializer.Serialize(secret)));
    }
}
