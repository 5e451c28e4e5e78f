using Deploy.Cli.Documents;
using Deploy.Core;
using Xunit;

namespace Deploy.Cli.Tests.Documents;

public sealed class ErrorReferenceTests
{
    [Fact]
    public async Task DocsErrors_CommittedPage_IsWhatTheCommandPrints()
    {
        using var run = new InProcess();

        Assert.Equal(0, await run.RunAsync("docs", "errors"));
        // Differs? Run: ./deploy docs errors > docs/errors.md
        Assert.Equal(Repository.Read("docs", "errors.md"), run.Output.ToString());
    }

    [Fact]
    public void Definitions_AllAreas_AreFound()
    {
        var thousands = ErrorReference.Definitions().Select(definition => definition.Code[3]).Distinct();

        Assert.Equal("12345679", string.Concat(thousands.Order()));
    }

    [Fact]
    public void Definitions_NoCode_IsUsedTwice() =>
        Assert.Empty(ErrorReference.Definitions().GroupBy(definition => definition.Code).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Definitions_EachCode_IsDepAndFourDigits() =>
        Assert.All(ErrorReference.Definitions(), definition => Assert.Matches("^DEP[0-9]{4}$", definition.Code));

    [Fact]
    public void Render_HelpOfEachDefinition_IsAHeadingOfThePage()
    {
        var definition = new ErrorDefinition("DEP4999", "Something is wrong", null, ExitCode.Timeout, Retryable: true);

        var page = ErrorReference.Render([definition]);

        Assert.Equal("docs/errors.md#dep4999", definition.Help);
        Assert.Contains("\n## DEP4999\n\n**Something is wrong.** The message says what exactly.\n\nExit code 9 (timeout). The same command can succeed later", page, StringComparison.Ordinal);
    }
}
