using Xunit;

namespace Deploy.Cli.Tests;

public sealed class DeployProgramTests
{
    private const string Valid = """
        config:
          azure-native:location: eastus2
          phi:cloud: local
          phi:lifecycle: warn
          phi:projects:
            - name: assistants
              endpoints:
                - { name: mini, model: Phi-3-mini-4k-instruct, compute: serverless }
        """;

    [Theory]
    [InlineData("nonsense")]
    [InlineData("up", "--no-such-option")]
    [InlineData("up", "--parallel", "0")]
    [InlineData("up", "--cloud", "mars")]
    [InlineData("verify", "--timeout", "soon")]
    [InlineData("up", "--parallel", "many")]
    [InlineData("verify", "--repeat", "0")]
    [InlineData("up", "--max-requests", "0")]
    [InlineData("up", "--max-tokens", "many")]
    [InlineData("verify", "--budget-time", "0s")]
    [InlineData("verify", "--endpoint", "http://example.com")]
    public async Task RunAsync_BadCommandLine_ExitsTwoAndSaysWhy(params string[] args)
    {
        using var run = new InProcess();

        Assert.Equal(2, await run.RunAsync(args));

        Assert.Empty(run.Output.ToString());
        Assert.Contains("DEP7001", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BadCommandLineWithJson_IsOneDocument()
    {
        using var run = new InProcess();

        Assert.Equal(2, await run.RunAsync("up", "--no-such-option", "-o", "json"));

        Assert.Equal("DEP7001", (string?)run.Json["error"]!["code"]);
        Assert.Equal("refused", (string?)run.Json["result"]);
    }

    [Fact]
    public async Task RunAsync_UnknownStack_ExitsSixAndNamesTheKnown()
    {
        using var run = new InProcess().WithProject("dev", Valid);

        Assert.Equal(6, await run.RunAsync("preview", "-s", "prod", "-o", "json"));

        Assert.Contains("dev", (string)run.Json["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal("prod", (string?)run.Json["stack"]);
    }

    [Fact]
    public async Task RunAsync_FaultySettings_ExitsTwoWithEveryFaultAndTouchesNothing()
    {
        using var run = new InProcess().WithProject("local", Valid.Replace("Phi-3-mini-4k-instruct", "Phi-9", StringComparison.Ordinal).Replace("warn", "perhaps", StringComparison.Ordinal));

        Assert.Equal(2, await run.RunAsync("up", "--yes", "-o", "json"));

        var message = (string)run.Json["error"]!["message"]!;
        Assert.Contains("Phi-9", message, StringComparison.Ordinal);
        Assert.Contains("perhaps", message, StringComparison.Ordinal);
        Assert.All(message.Split('\n'), line => Assert.Matches(@"^stacks/Pulumi\.local\.yaml:\d+:\d+", line));
        Assert.Equal(2, run.Json["errors"]!.AsArray().Count);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, ".deploy")));
    }

    [Fact]
    public async Task RunAsync_NoProject_SaysWhereItLooked()
    {
        using var run = new InProcess();

        Assert.Equal(2, await run.RunAsync("up", "-C", run.Folder));

        Assert.Contains(run.Folder, run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DestroyWithoutTerminalAndYes_AsksForYes()
    {
        using var run = new InProcess().WithProject("local", Valid);

        Assert.Equal(2, await run.RunAsync("stack", "rm"));

        Assert.Contains("--yes", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_VerifyEndpointWithoutKey_IsAnAuthenticationMatter()
    {
        using var run = new InProcess();

        Assert.Equal(3, await run.RunAsync("verify", "--endpoint", "https://127.0.0.1:1/"));

        Assert.Contains("AZURE_INFERENCE_CREDENTIAL", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Models_ListsRetirementAndSuccessor()
    {
        using var run = new InProcess();

        Assert.Equal(0, await run.RunAsync("models", "-o", "json"));

        var mini = run.Json["models"]!.AsArray().Single(model => (string?)model!["name"] == "Phi-3-mini-4k-instruct")!;
        Assert.Equal(("retired", "2025-08-30", "Phi-4-mini-instruct"), ((string?)mini["stage"], (string?)mini["retired"], (string?)mini["successor"]));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("preview")]
    [InlineData("destroy")]
    [InlineData("verify")]
    [InlineData("quota")]
    [InlineData("preflight")]
    [InlineData("models")]
    [InlineData("emulator")]
    public async Task Help_EveryVerb_HasExamples(string verb)
    {
        using var run = new InProcess();

        Assert.Equal(0, await run.RunAsync(verb, "--help"));

        Assert.Contains("Example", run.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"deploy {verb}", run.Output.ToString(), StringComparison.Ordinal);
    }
}
