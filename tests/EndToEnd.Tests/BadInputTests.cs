using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What the user got wrong is said at once, with its place, before anything is touched.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("up", "--yes")]
    [InlineData("preview")]
    [InlineData("preflight")]
    public async Task Command_WhatPreflightRefuses_SaysSoAndNothingOfTheProgram(params string[] arguments)
    {
        await using var sandbox = Sandbox.OfRepository();
        var settings = await File.ReadAllTextAsync(sandbox.StackFile, TestContext.Current.CancellationToken);
        Assert.Contains("phi:lifecycle: warn", settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(sandbox.StackFile, settings.Replace("phi:lifecycle: warn", "phi:lifecycle: enforce", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var outcome = await sandbox.RunAsync(arguments);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("DEP1020", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("DEP3003", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Previewing", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    [Theory]
    [InlineData("up", "--yes")]
    [InlineData("preview")]
    public async Task Command_SettingsWithManyFaults_SaysAllOfThemWithTheirPlaces(params string[] arguments)
    {
        await using var sandbox = Sandbox.OfRepository();
        const string text =
            """
            config:
              azure-native:location: eastus2
              phi:cloud: local
              phi:lifecycle: warn
              phi:hub: { network: 7 }
              phi:projects:
                - name: assistants
                  endpoints:
                    - { name: mini, model: Phi-3-mini-4k-instruct, compute: serverless, contentSafety: enabled }
                    - { name: mini, model: Phi-99-huge, compute: serverless }
                    - { name: other, model: Phi-3-mini-4k-instruct, compute: serverless }
                    - name: medium
                      model: Phi-3-medium-128k-instruct
                      compute: managed
                      version: "7"
                      instanceType: Standard_NC48ads_A100_v4
                      instances: many
                      colour: blue
            """;
        await File.WriteAllTextAsync(sandbox.StackFile, text, TestContext.Current.CancellationToken);

        var document = await sandbox.JsonAsync(2, arguments);

        var faults = Faults(document);
        AssertFault(faults, text, "network: 7", "network");
        AssertFault(faults, text, "Phi-99-huge", "Phi-99-huge");
        AssertFault(faults, text, "name: mini, model: Phi-99-huge", "mini");
        AssertFault(faults, text, "name: other", "Phi-3-mini-4k-instruct");
        AssertFault(faults, text, "instances: many", "instances");
        AssertFault(faults, text, "colour: blue", "colour");
        AssertRefusedUntouched(sandbox, document);
    }

    [Fact]
    public async Task Up_LocationMissing_SaysSo()
    {
        await using var sandbox = Sandbox.OfRepository();
        sandbox.Edit("  azure-native:location: eastus2\n", "");

        var document = await sandbox.JsonAsync(2, "up", "--yes");

        Assert.Contains(Faults(document), fault => fault.StartsWith("stacks/Pulumi.local.yaml:", StringComparison.Ordinal) && fault.Contains("azure-native:location", StringComparison.Ordinal));
        AssertRefusedUntouched(sandbox, document);
    }

    [Fact]
    public async Task Up_MalformedYaml_SaysWhere()
    {
        await using var sandbox = Sandbox.OfRepository();
        sandbox.Edit("phi:hub: { network: public }", "phi:hub: { network: public");
        var line = await LineOfAsync(sandbox, "phi:hub: { network: public");

        var document = await sandbox.JsonAsync(2, "up", "--yes");

        var fault = Assert.Single(Faults(document));
        Assert.Matches(@"^stacks/Pulumi\.local\.yaml:\d+:\d+", fault);
        Assert.InRange(int.Parse(fault.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), line, line + 1);
        AssertRefusedUntouched(sandbox, document);
    }

    [Fact]
    public async Task Up_UnknownStack_ExitsSixWithTheKnownOnes()
    {
        await using var sandbox = Sandbox.OfRepository();

        var document = await sandbox.JsonAsync(6, "up", "--yes", "--stack", "nowhere");

        Assert.Contains("dev, local, prod, staging", (string?)document["error"]!["message"], StringComparison.Ordinal);
        AssertRefusedUntouched(sandbox, document);
    }

    [Theory]
    [InlineData("up", "--no-such-option", "-o", "json")]
    [InlineData("-o", "json", "nosuchverb")]
    [InlineData("verify", "--endpoint", "http://example.com/", "--output=json")]
    [InlineData("up", "-o", "json", "--timeout", "soon")]
    public async Task Command_BadArguments_PrintsOneDocument(params string[] arguments)
    {
        await using var sandbox = Sandbox.OfRepository();

        var outcome = await sandbox.RunAsync(arguments);

        Assert.True(outcome.ExitCode == 2, outcome.ToString());
        Assert.Equal("DEP7001", (string?)outcome.Json["error"]!["code"]);
        AssertRefusedUntouched(sandbox, outcome.Json);
    }

    [Fact]
    public async Task Up_SettingsWithFaultsInTextForm_SaysThemOnStandardErrorOnly()
    {
        await using var sandbox = Sandbox.OfRepository();
        sandbox.Edit("Phi-3-small-8k-instruct", "Phi-3-smal-8k-instruct");

        var outcome = await sandbox.RunAsync("up", "--yes");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Matches(@"stacks/Pulumi\.local\.yaml:\d+:\d+", outcome.Error);
        Assert.Contains("Phi-3-small-8k-instruct", outcome.Error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Faults(JsonObject document) => document["errors"] is JsonArray all
        ? [.. all.Select(error => (string)error!["message"]!)]
        : [(string)document["error"]!["message"]!];

    private static void AssertFault(IReadOnlyList<string> faults, string text, string at, string about)
    {
        var lines = text.Split('\n');
        var place = $"stacks/Pulumi.local.yaml:{Array.FindIndex(lines, line => line.Contains(at, StringComparison.Ordinal)) + 1}:";
        Assert.True(faults.Any(fault => fault.StartsWith(place, StringComparison.Ordinal) && fault.Contains(about, StringComparison.Ordinal)),
            $"No fault at {place} about '{about}' in:\n{string.Join('\n', faults)}");
    }

    private static async Task<int> LineOfAsync(Sandbox sandbox, string text) =>
        Array.FindIndex(await File.ReadAllLinesAsync(sandbox.StackFile, TestContext.Current.CancellationToken), line => line.Contains(text, StringComparison.Ordinal)) + 1;

    private static void AssertRefusedUntouched(Sandbox sandbox, JsonObject document)
    {
        Assert.Equal("refused", (string?)document["result"]);
        Assert.False(Directory.Exists(sandbox.Store), "a local Azure was made");
        Assert.False(Directory.Exists(sandbox.State), "state was made");
    }
}
