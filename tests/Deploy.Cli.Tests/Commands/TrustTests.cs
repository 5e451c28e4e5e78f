using System.Diagnostics;
using System.Text.Json.Nodes;
using Deploy.Emulator;
using Xunit;

namespace Deploy.Cli.Tests.Commands;

/// <summary>The one way of trust that can be tried here: .NET on Linux, with a home of its own.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("deploy-home-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Trust_WithYes_AnotherProgramOfTheUserConnects()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems ask the user.");
        var store = Path.Combine(_home, "store");
        await using var azure = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = store }, Cancel);
        Assert.NotEqual("pass", await ConnectsAsync(azure));
        Assert.Equal(0, (await RunAsync("emulator", "trust", "--yes", "--store", store, "-o", "json")).Code);
        Assert.Equal("pass", await ConnectsAsync(azure));
        Assert.Equal(0, (await RunAsync("emulator", "trust", "--remove", "--yes", "--store", store, "-o", "json")).Code);
        Assert.NotEqual("pass", await ConnectsAsync(azure));
    }

    private async Task<string?> ConnectsAsync(LocalAzure azure)
    {
        var (_, output) = await RunAsync("verify", "--endpoint", new Uri(azure.Connection.Https, "serverless/eastus2/none").AbsoluteUri, "--compute", "serverless", "--timeout", "20s", "-o", "json");
        var checks = JsonNode.Parse(output)!["endpoints"]?[0]?["checks"]?.AsArray() ?? throw new InvalidOperationException(output);
        return (string?)checks.Single(check => (string?)check!["id"] == "connect")!["status"];
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "deploy.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _home };
        info.Environment["HOME"] = _home;
        info.Environment["AZURE_INFERENCE_CREDENTIAL"] = "no-such-key";
        using var process = Process.Start(info)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode is 0 or 10 or 11, await error);
        return (process.ExitCode, await output);
    }
}
