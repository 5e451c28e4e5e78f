using System.Text.Json.Nodes;
using Xunit;

namespace Deploy.Cli.Tests;

/// <summary>The Pulumi CLI as the engine, played by a script: what it is told, and what is made of its answers.</summary>
public sealed class PulumiEngineTests
{
    private const string Settings = """
        config:
          azure-native:location: eastus2
          phi:cloud: local
          phi:projects:
            - name: assistants
              endpoints:
                - { name: mini, model: Phi-4-mini-instruct, compute: serverless }
        """;

    private const string Script = """
        #!/bin/sh
        echo "$@" >> "$PWD/calls.log"
        case "$1" in
          preview) echo '{ "changeSummary": { "create": 3, "same": 1 }, "steps": [ { "op": "create", "urn": "urn:pulumi:local::phi::azure-native:resources:ResourceGroup::phi" } ] }' ;;
          up) echo "made it"; exit $(cat "$PWD/exit") ;;
          stack) [ "$2" = output ] && echo '{ "endpoints": [], "hub": "hub1" }' || exit 6 ;;
        esac
        """;

    private static InProcess Prepare(int exitCode)
    {
        var run = new InProcess().WithProject("local", Settings);
        run.Write("bin/pulumi", Script.ReplaceLineEndings("\n"));
        run.Write("exit", exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(run.Folder, "bin", "pulumi"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        run.Set("PATH", Path.Combine(run.Folder, "bin"));
        return run;
    }

    [Fact]
    public async Task Up_PulumiEngine_PlansRunsAndReadsOutputs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for the Pulumi CLI is a shell script");
        using var run = Prepare(exitCode: 0);

        Assert.Equal(0, await run.RunAsync("up", "--yes", "--engine", "pulumi", "-o", "json"));

        Assert.Equal((3, 1), ((int)run.Json["changes"]!["create"]!, (int)run.Json["changes"]!["same"]!));
        Assert.Equal("hub1", (string?)run.Json["outputs"]!["hub"]);
        Assert.Contains("made it", run.Error.ToString(), StringComparison.Ordinal);
        var calls = await File.ReadAllLinesAsync(Path.Combine(run.Folder, "calls.log"), TestContext.Current.CancellationToken);
        Assert.Contains(calls, call => call.StartsWith("up --yes --skip-preview", StringComparison.Ordinal) && call.Contains("--stack local --non-interactive", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains("SECRET", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Up_PulumiEngineFails_IsAResourceOperationAndNothingIsVerified()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for the Pulumi CLI is a shell script");
        using var run = Prepare(exitCode: 3);

        Assert.Equal(4, await run.RunAsync("up", "--yes", "--engine", "pulumi", "-o", "json"));

        Assert.Equal("DEP7018", (string?)run.Json["error"]!["code"]);
        Assert.Null(run.Json["verification"]);
    }

    [Fact]
    public async Task Up_PulumiNotOnPath_IsRefusedByName()
    {
        using var run = new InProcess().WithProject("local", Settings);

        Assert.Equal(2, await run.RunAsync("up", "--yes", "--engine", "pulumi", "-o", "json"));

        Assert.Equal("DEP7007", (string?)run.Json["error"]!["code"]);
    }

    [Fact]
    public async Task StackExport_PulumiEngine_SendsToThePulumiCli()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for the Pulumi CLI is a shell script");
        using var run = Prepare(exitCode: 0);

        Assert.Equal(2, await run.RunAsync("stack", "export", "--engine", "pulumi", "-o", "json"));

        Assert.Contains("pulumi stack export", (string)run.Json["error"]!["suggestion"]!, StringComparison.Ordinal);
    }
}
