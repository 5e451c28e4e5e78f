using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>An endpoint that does not do what it should is found, named, and told apart from other trouble.</summary>
[Collection(RunningEnvironment.Name)]
public sealed class FaultTests(RunningEnvironment environment)
{
    private const string Credential = "AZURE_INFERENCE_CREDENTIAL";

    private readonly Sandbox _sandbox = environment.Sandbox;

    [Fact]
    public async Task UpAndVerify_EndpointAnswersNewlinesOnly_ExitTenUntilHealed()
    {
        await _sandbox.JsonAsync(0, "emulator", "fault", "newlines", "mini");
        try
        {
            var up = await _sandbox.JsonAsync(10, "up", "--yes");
            await Schemas.AssertMatchesAsync("up", up);
            AssertNamesTheFault(up, up["verification"]!);
            var verify = await _sandbox.JsonAsync(10, "verify");
            await Schemas.AssertMatchesAsync("verify", verify);
            AssertNamesTheFault(verify, verify);

            var text = await _sandbox.RunAsync("verify");
            Assert.Equal(10, text.ExitCode);
            Assert.Matches(@"assistants/mini[\s\S]*chat\.basic\s+fail", text.Output);
            Assert.Contains("mini", text.Error, StringComparison.Ordinal);
            Assert.Contains("chat.basic", text.Error, StringComparison.Ordinal);
        }
        finally
        {
            await _sandbox.JsonAsync(0, "emulator", "fault", "none");
        }

        var healed = await _sandbox.JsonAsync(0, "verify");
        Assert.All(healed["endpoints"]!.AsArray(), endpoint => Assert.True((string?)endpoint!["status"] is "pass" or "warn", endpoint.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VerifyEndpoint_WrongKey_SaysAuthenticationAndNotDown(bool plain)
    {
        var (exitCode, endpoint) = await VerifyAsync(plain, "not-the-key");

        Assert.Equal(10, exitCode);
        Assert.Equal("pass", (string?)Check(endpoint, "connect")["status"]);
        var accepted = Check(endpoint, "auth.accepted");
        Assert.Equal("fail", (string?)accepted["status"]);
        Assert.Equal("DEP4201", (string?)accepted["code"]);
        Assert.Matches("(?i)key|credential|401", (string?)accepted["message"]);
        Assert.DoesNotMatch("(?i)is down|unreachable|cannot be reached|not running", (string?)accepted["message"]);
        Assert.NotEmpty((string?)accepted["suggestion"] ?? "");
        Assert.All(endpoint["checks"]!.AsArray().Where(check => ((string)check!["id"]!).StartsWith("chat.", StringComparison.Ordinal)),
            check => Assert.Equal("skip", (string?)check!["status"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VerifyEndpoint_RightKey_Passes(bool plain)
    {
        var (exitCode, endpoint) = await VerifyAsync(plain, await environment.KeyOfAsync("mini"));

        Assert.True(exitCode == 0, endpoint.ToString());
        Assert.Equal("pass", (string?)Check(endpoint, "chat.stream")["status"]);
    }

    [Fact]
    public async Task VerifyEndpoint_CertificateOfNobodyKnown_IsNotTrusted()
    {
        // Without the project there is no store whose certificate could be trusted.
        await using var elsewhere = Sandbox.OfConformance("inference");
        elsewhere.Set(Credential, "any");

        var outcome = await elsewhere.RunAsync("verify", "--endpoint", environment.UriOf("mini").AbsoluteUri, "--cwd", elsewhere.Folder, "-o", "json");

        Assert.True(outcome.ExitCode is 10 or 11, outcome.ToString());
        Assert.NotEqual("pass", (string?)Check(outcome.Json["endpoints"]![0]!, "connect")["status"]);
    }

    private async Task<(int ExitCode, JsonNode Endpoint)> VerifyAsync(bool plain, string key)
    {
        var uri = plain ? environment.PlainUriOf("mini") : environment.UriOf("mini");
        _sandbox.Set(Credential, key);
        try
        {
            var outcome = await _sandbox.RunAsync("verify", "--endpoint", uri.AbsoluteUri, "--model", "Phi-3-mini-4k-instruct", "-o", "json");
            await Schemas.AssertMatchesAsync("verify", outcome.Json);
            Assert.DoesNotContain(key, outcome.ToString(), StringComparison.Ordinal);
            return (outcome.ExitCode, outcome.Json["endpoints"]![0]!);
        }
        finally
        {
            _sandbox.Set(Credential, null);
        }
    }

    private static void AssertNamesTheFault(JsonNode document, JsonNode verification)
    {
        Assert.Equal("failed", (string?)document["result"]);
        var message = (string)document["error"]!["message"]!;
        Assert.Contains("mini", message, StringComparison.Ordinal);
        Assert.Contains("chat.basic", message, StringComparison.Ordinal);
        Assert.NotEmpty((string?)document["error"]!["suggestion"] ?? "");
        var endpoints = verification["endpoints"]!.AsArray();
        var failed = Assert.Single(endpoints, endpoint => (string?)endpoint!["status"] == "fail")!;
        Assert.Equal("mini", (string?)failed["name"]);
        Assert.Equal("fail", (string?)Check(failed, "chat.basic")["status"]);
        Assert.NotEmpty((string?)Check(failed, "chat.basic")["suggestion"] ?? "");
        Assert.Equal("pass", (string?)Check(failed, "auth.accepted")["status"]);
    }

    private static JsonNode Check(JsonNode endpoint, string id) => endpoint["checks"]!.AsArray().Single(check => (string?)check!["id"] == id)!;
}
