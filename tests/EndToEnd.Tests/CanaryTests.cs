using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A secret in every place a secret can be; none of them in anything that a command prints or leaves behind.</summary>
public sealed class CanaryTests
{
    private static readonly string[] Kinds = ["junit", "trx", "sarif", "md", "html", "json"];

    [Fact]
    public async Task EveryCommandAndFailure_LeavesNoSecretAnywhere()
    {
        var canaries = new Canaries();
        await using var sandbox = Sandbox.OfRepository();
        await using var echo = await EchoingEndpoint.StartAsync();
        sandbox.Set("PULUMI_CONFIG_PASSPHRASE", canaries.Plant("PULUMI_CONFIG_PASSPHRASE"));
        foreach (var name in (string[])["AZURE_INFERENCE_CREDENTIAL", "AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET", "PULUMI_ACCESS_TOKEN"])
        {
            sandbox.Set(name, canaries.Plant(name));
        }

        await WalkAsync(sandbox, canaries);
        await FailAsync(sandbox, canaries);
        foreach (var (at, way) in EchoingEndpoint.Ways.Index())
        {
            await VerifyAsync(sandbox, new Uri(echo.Address, way), at, canaries);
        }

        AssertSeen(sandbox);
        Assert.All(sandbox.Outcomes.Index(), pair => canaries.AssertNoneIn($"command {pair.Index}: {pair.Item}"[..60], pair.Item.ToString()));
        await AssertFilesAsync(sandbox, canaries);
        Assert.True(canaries.Artefacts > 150, $"only {canaries.Artefacts} artefacts were looked through");
        await Console.Out.WriteLineAsync($"canaries: {canaries.Artefacts} artefacts, {canaries.Forms} forms of secrets, none found");
    }

    private static async Task WalkAsync(Sandbox sandbox, Canaries canaries)
    {
        var secret = canaries.Plant("a secret of the configuration");
        Assert.Equal(0, (await sandbox.RunAsync("config", "set", "--secret", "demo:token", secret)).ExitCode);
        Assert.Equal(0, (await sandbox.RunAsync("emulator", "start")).ExitCode);
        var up = await sandbox.RunAsync(["up", "--yes", "--diff", "--event-log", "out/events.jsonl", .. Reports("up")]);
        Assert.True(up.ExitCode == 0, up.ToString());
        using (var reader = await sandbox.SignInAsync())
        {
            foreach (var (at, key) in (await reader.EndpointKeysAsync()).Index())
            {
                canaries.Watch($"endpoint key {at}", key);
            }
        }

        canaries.Watch("the local Azure's client secret", (string)(await sandbox.EmulatorVariablesAsync())["ARM_CLIENT_SECRET"]!);
        foreach (var command in (string[])["up --yes -o json", "preview --diff", "preview -o json", "refresh --yes", "verify", "verify -o json", "quota", "preflight", "models", "doctor", "config get", "config get -o json",
            "stack ls", "stack output", "stack output --show-secrets -o json", "stack export", "emulator status", "emulator status -o json", "preview --destroy"])
        {
            await sandbox.RunAsync(command.Split(' '));
        }
    }

    private static async Task FailAsync(Sandbox sandbox, Canaries canaries)
    {
        await sandbox.RunAsync("up", "-s", "nowhere", "--report", "json=out/nowhere.json");
        await sandbox.RunAsync("up", "--no-such-option", "-o", "json");
        foreach (var fault in (string[])["newlines", "error"])
        {
            await sandbox.RunAsync("emulator", "fault", fault, "mini");
            await sandbox.RunAsync(["verify", .. Reports($"fault-{fault}")]);
        }

        await sandbox.RunAsync("emulator", "fault", "none");
        sandbox.Set("PULUMI_CONFIG_PASSPHRASE", canaries.Plant("a wrong passphrase"));
        Assert.NotEqual(0, (await sandbox.RunAsync(["up", "--yes", .. Reports("wrong-passphrase")])).ExitCode);
    }

    private static async Task VerifyAsync(Sandbox sandbox, Uri endpoint, int at, Canaries canaries)
    {
        sandbox.Set("AZURE_INFERENCE_CREDENTIAL", canaries.Plant($"the key of {endpoint.AbsolutePath}"));
        // Every other one as a build service would run it, and with what a developer would switch on.
        sandbox.Set("GITHUB_ACTIONS", at % 3 == 0 ? "true" : null);
        sandbox.Set("GITHUB_STEP_SUMMARY", at % 3 == 0 ? Path.Combine(sandbox.Folder, "out", "summary.md") : null);
        sandbox.Set("TF_BUILD", at % 3 == 1 ? "True" : null);
        sandbox.Set("AGENT_TEMPDIRECTORY", at % 3 == 1 ? Path.Combine(sandbox.Folder, "out") : null);
        sandbox.Set("DEPLOY_DEBUG", at % 2 == 0 ? "1" : null);
        string[] output = at % 2 == 0 ? ["-o", "json"] : [];
        var outcome = await sandbox.RunAsync(
            ["verify", "--endpoint", endpoint.AbsoluteUri, "--model", "Phi-4-mini-instruct", "--timeout", "8s", "--repeat", "2", "--unredacted", .. output, .. Reports(endpoint.AbsolutePath.Trim('/'))]);
        Assert.True(outcome.ExitCode is 10 or 11, outcome.ToString());
    }

    /// <summary>The keys did come back: their places are marked in the reports.</summary>
    private static void AssertSeen(Sandbox sandbox)
    {
        var unmarked = EchoingEndpoint.Ways.Where(way => !File.ReadAllText(Path.Combine(sandbox.Folder, "out", $"{way}.json")).Contains("[secret]", StringComparison.Ordinal));
        // Of a redirect only the host is told, and of a throttled endpoint no body.
        Assert.Empty(unmarked.Except(["redirect", "throttled"]));
    }

    private static async Task AssertFilesAsync(Sandbox sandbox, Canaries canaries)
    {
        var files = Directory.EnumerateFiles(Path.Combine(sandbox.Folder, "out"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(sandbox.State, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(sandbox.Folder, "stacks")))
            .Append(Path.Combine(sandbox.Store, "requests.log"));
        foreach (var file in files)
        {
            using var text = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            canaries.AssertNoneIn(Path.GetRelativePath(sandbox.Folder, file), await text.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
    }

    private static IEnumerable<string> Reports(string name) => Kinds.SelectMany(kind => new[] { "--report", $"{kind}=out/{name}.{kind}" });
}
