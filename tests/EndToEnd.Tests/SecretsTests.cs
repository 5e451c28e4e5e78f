using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Keys are read and used by every run, and stay out of everything it leaves behind.</summary>
[Collection(RunningEnvironment.Name)]
public sealed class SecretsTests(RunningEnvironment environment)
{
    [Fact]
    public async Task Walk_EveryCommand_LeavesNoKeyAnywhere()
    {
        var sandbox = environment.Sandbox;
        await sandbox.RunAsync("up", "--yes");
        await sandbox.RunAsync("preview", "-o", "json");
        await sandbox.RunAsync("verify");
        await sandbox.RunAsync("quota");
        await sandbox.RunAsync("stack", "output", "--show-secrets", "-o", "json");
        await sandbox.RunAsync("stack", "export");
        await sandbox.RunAsync("emulator", "status", "-o", "json");

        using var reader = await sandbox.SignInAsync();
        var keys = await reader.EndpointKeysAsync();
        Assert.Equal(6, keys.Count);
        Assert.All(keys, key => Assert.True(key.Length >= 20));
        var secrets = keys.Append((string)(await sandbox.EmulatorVariablesAsync())["ARM_CLIENT_SECRET"]!).ToArray();

        Assert.True(sandbox.Outcomes.Count() >= 8);
        Assert.All(sandbox.Outcomes, outcome => AssertNone(secrets, outcome.ToString(), "output"));
        foreach (var file in Directory.EnumerateFiles(sandbox.State, "*", SearchOption.AllDirectories).Append(Path.Combine(sandbox.Store, "requests.log")))
        {
            using var text = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            AssertNone(secrets, await text.ReadToEndAsync(TestContext.Current.CancellationToken), file);
        }
    }

    private static void AssertNone(IEnumerable<string> secrets, string text, string where) =>
        Assert.True(!secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal)), $"A key stands in clear in {where}.");
}
