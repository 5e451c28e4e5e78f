using Deploy.Cli.Commands;
using Xunit;

namespace Deploy.Cli.Tests.Commands;

public sealed class VerifyOptionsTests
{
    [Theory]
    [InlineData("90", 90_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void Parse_Time_IsRead(string text, int milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), VerifyOptions.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1s")]
    [InlineData("5d")]
    public void Parse_NoTime_IsNull(string? text) => Assert.Null(VerifyOptions.Parse(text));
}
