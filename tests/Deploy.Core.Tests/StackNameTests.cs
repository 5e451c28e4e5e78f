using Deploy.Core;
using Xunit;

namespace Deploy.Core.Tests;

public sealed class StackNameTests
{
    [Theory]
    [InlineData("dev", "dev")]
    [InlineData("organization/phi/dev", "dev")]
    [InlineData("a.b-c_1", "a.b-c_1")]
    public void TryParse_ValidName_KeepsLastPart(string text, string expected) => Assert.Equal(expected, StackName.TryParse(text)?.Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../dev/")]
    public void TryParse_InvalidName_IsNull(string? text) => Assert.Null(StackName.TryParse(text));
}
