using System.Text.Json.Nodes;
using Deploy.Cli.Tests.Documents;
using Xunit;

namespace Deploy.Cli.Tests.Commands;

public sealed class EmulatorCommandTests : IDisposable
{
    private readonly InProcess _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("start")]
    [InlineData("status")]
    [InlineData("stop")]
    [InlineData("reset")]
    [InlineData("env")]
    [InlineData("fault")]
    [InlineData("fault", "list")]
    [InlineData("fault", "remove")]
    [InlineData("clock")]
    [InlineData("requests")]
    [InlineData("snapshot")]
    [InlineData("restore")]
    [InlineData("seed")]
    [InlineData("trust")]
    public async Task Help_EveryVerb_HasExamples(params string[] verb)
    {
        Assert.Equal(0, await _run.RunAsync(["emulator", .. verb, "--help"]));
        Assert.Contains("Example", _run.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"deploy emulator {string.Join(' ', verb)}", _run.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_AddListRemove_FollowTheirSchemas()
    {
        var added = await JsonAsync("emulator-fault", 0, "fault", "status", "mini", "--status", "503", "--after", "2", "--times", "1", "--retry-after", "5s");
        var rule = added["rules"]![0]!;
        Assert.Equal(("status-1", "mini", 503, "5000ms"), ((string?)rule["id"], (string?)rule["endpoint"], (int?)rule["status"], (string?)rule["retryAfter"]));
        await JsonAsync("emulator-fault", 0, "fault", "newlines");
        Assert.Equal(2, (await JsonAsync("emulator-fault", 0, "fault", "list"))["rules"]!.AsArray().Count);
        await PublishedSchema.AssertValidAsync("faults", await File.ReadAllTextAsync(Path.Combine(_run.Folder, "store", "faults.json"), TestContext.Current.CancellationToken));
        Assert.Equal("newlines-1", (string?)(await JsonAsync("emulator-fault", 0, "fault", "remove", "status-1"))["rules"]![0]!["id"]);
        Assert.Equal("DEP6004", (string?)(await JsonAsync("emulator-fault", 2, "fault", "remove", "status-1"))["error"]!["code"]);
        Assert.Equal("DEP6004", (string?)(await JsonAsync("emulator-fault", 2, "fault", "hang", "--bytes", "5"))["error"]!["code"]);
        Assert.Empty((await JsonAsync("emulator-fault", 0, "fault", "none"))["rules"]!.AsArray());
    }

    [Fact]
    public async Task Clock_Set_IsThereForTheNextCommand()
    {
        await JsonAsync("emulator-clock", 0, "clock", "--advance", "14d", "--speed", "0x");
        var clock = await JsonAsync("emulator-clock", 0, "clock");
        Assert.Equal("0x", (string?)clock["speed"]);
        Assert.True((double)clock["aheadSeconds"]! > 13 * 86400);
        Assert.Equal("DEP6007", (string?)(await JsonAsync("emulator-clock", 2, "clock", "--speed", "fast"))["error"]!["code"]);
    }

    [Fact]
    public async Task SeedSnapshotRestore_RoundTrip_KeepsTheResources()
    {
        _run.Write("seed.yaml", """
            resources:
              - id: resourceGroups/seeded
                body: { location: eastus2, tags: { made-by: "seed" } }
              - id: resourceGroups/seeded/providers/Microsoft.Storage/storageAccounts/seededstore
                apiVersion: "2024-01-01"
                body:
                  location: eastus2
                  kind: StorageV2
                  sku: { name: Standard_LRS }
            """);
        Assert.Equal(2, (int?)(await JsonAsync("emulator-snapshot", 0, "seed", "seed.yaml"))["resources"]);
        Assert.Equal(2, (int?)(await JsonAsync("emulator-snapshot", 0, "snapshot", "all.json"))["resources"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_run.Folder, "all.json")));
        }

        await JsonAsync("emulator-reset", 0, "reset", "--yes");
        Assert.Equal("DEP7004", (string?)(await JsonAsync("emulator-snapshot", 2, "restore", "all.json"))["error"]!["code"]);
        Assert.Equal(2, (int?)(await JsonAsync("emulator-snapshot", 0, "restore", "all.json", "--yes"))["resources"]);
        Assert.Equal(2, (int?)(await JsonAsync("emulator-snapshot", 0, "seed", "all.json"))["resources"]);
        Assert.Equal("DEP6008", (string?)(await JsonAsync("emulator-snapshot", 2, "seed", "missing.yaml"))["error"]!["code"]);
        var requests = (await JsonAsync("emulator-requests", 0, "requests", "--last", "50"))["requests"]!.AsArray();
        Assert.Contains(requests, line => (string?)line!["method"] == "PUT");
    }

    [Fact]
    public async Task Start_AddressOthersReach_IsRefused()
    {
        Assert.Equal("DEP6010", (string?)(await JsonAsync("emulator", 2, "start", "--listen", "0.0.0.0"))["error"]!["code"]);
        Assert.Equal("DEP7001", (string?)(await JsonAsync("emulator", 2, "start", "--listen", "everywhere"))["error"]!["code"]);
        Assert.Equal("DEP7001", (string?)(await JsonAsync("emulator", 2, "start", "--upstream", "ftp://x"))["error"]!["code"]);
        Assert.False((bool?)(await JsonAsync("emulator", 0, "status"))["running"]);
        Assert.False((bool?)(await JsonAsync("emulator-stop", 0, "stop"))["stopped"]);
    }

    [Fact]
    public async Task Trust_WithoutYes_PrintsAndDoesNothing()
    {
        Assert.Equal("DEP7017", (string?)(await JsonAsync("emulator-trust", 1, "trust"))["error"]!["code"]);
        await JsonAsync("emulator-clock", 0, "clock");
        var steps = (await JsonAsync("emulator-trust", 0, "trust"))["steps"]!.AsArray();
        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.False((bool)step!["done"]!));
    }

    private async Task<JsonObject> JsonAsync(string schema, int exitCode, params string[] args)
    {
        _run.Output.GetStringBuilder().Clear();
        var code = await _run.RunAsync(["emulator", .. args, "--store", Path.Combine(_run.Folder, "store"), "-o", "json"]);
        Assert.True(code == exitCode, _run.Output.ToString());
        await PublishedSchema.AssertValidAsync(schema, _run.Output.ToString());
        return _run.Json;
    }
}
