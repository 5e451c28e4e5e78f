using Deploy.Cli.Options;
using Deploy.Cli.Reports;
using Deploy.Cli.Terminal;
using Deploy.Environments;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;
using Spectre.Console;
using Xunit;

namespace Deploy.Cli.Tests.Reports;

public sealed class AnnotationTests
{
    private const string Message = "100% wrong\nsecond: line, ];::error::x ##vso[task.complete]";

    [Fact]
    public void Tell_GitHub_EscapesAndPlaces()
    {
        var line = Assert.Single(Tell("GITHUB_ACTIONS", 1));

        Assert.Equal("::error file=stacks/Pulumi.dev.yaml,line=8,col=11,title=DEP4305 p/e0 chat.basic::100%25 wrong second: line, ];::error::x ##vso[task.complete] Try: Redeploy.", line);
    }

    [Fact]
    public void Tell_Azure_EscapesAndPlaces()
    {
        var line = Assert.Single(Tell("TF_BUILD", 1));

        Assert.StartsWith("##vso[task.logissue type=error;sourcepath=stacks/Pulumi.dev.yaml;linenumber=8;columnnumber=11;code=DEP4305;]DEP4305 p/e0 chat.basic: 100%AZP25 wrong second", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS")]
    [InlineData("TF_BUILD")]
    public void Tell_Many_StopsAtTenAndSaysHowManyMore(string variable)
    {
        var lines = Tell(variable, 300);

        Assert.Equal(10, lines.Length);
        Assert.Contains("291 more findings", lines[^1], StringComparison.Ordinal);
    }

    private static string[] Tell(string variable, int endpoints)
    {
        using var error = new StringWriter();
        using var interrupt = new Interrupt();
        var streams = new Streams
        {
            Output = TextWriter.Null,
            Error = error,
            Input = TextReader.Null,
            IsInteractive = false,
            ErrorIsTerminal = false,
            OutputIsTerminal = false,
            Environment = new Dictionary<string, string> { [variable] = "true" },
            WorkingDirectory = Path.GetTempPath(),
            TimeProvider = TimeProvider.System,
        };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        var context = new CommandContext { Global = new GlobalArgs(), Streams = streams, Interrupt = interrupt, Out = console, Error = console };

        Pipeline.Of(streams)!.Tell(context, Report(endpoints), markdown: null);

        return error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static RunReport Report(int endpoints) => new()
    {
        Command = "verify",
        StartedAt = DateTimeOffset.UnixEpoch,
        Result = "failed",
        Sources = new Dictionary<string, SourceMark> { ["p/e0"] = new("stacks/Pulumi.dev.yaml", 8, 11) },
        Verification = new()
        {
            Endpoints =
            [
                .. Enumerable.Range(0, endpoints).Select(at => new EndpointReport
                {
                    Name = $"e{at}",
                    Project = "p",
                    Compute = ComputeKind.Serverless,
                    Checks =
                    [
                        new() { Id = CheckId.ChatBasic, Status = CheckStatus.Fail, Code = "DEP4305", Definition = EndpointErrors.WrongAnswer, Message = Message, Suggestion = "Redeploy." },
                    ],
                }),
            ],
        },
    };
}
