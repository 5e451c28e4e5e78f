namespace Deploy.Emulator.Tests.Conformance;

/// <summary>The unmodified npm clients of Azure Resource Manager, each on a local Azure of its own.</summary>
public sealed class NpmArmTests
{
    [Theory]
    [InlineData("resources", "resources")]
    [InlineData("subscriptions", "subscriptions")]
    [InlineData("machinelearning", "machinelearning")]
    [InlineData("foundry", "foundry")]
    [InlineData("storage", "storage")]
    [InlineData("keyvault", "keyvault")]
    [InlineData("authorization", "authorization")]
    [InlineData("locks", "locks")]
    [InlineData("policy", "policy")]
    [InlineData("identities", "supporting", "identities")]
    [InlineData("registries", "supporting", "registries")]
    [InlineData("logs", "supporting", "logs")]
    [InlineData("services", "supporting", "services")]
    public async Task Suite_EveryStep_IsAnsweredAsAzureWould(string suite, string program, params string[] arguments)
    {
        ConformanceFolder.SkipWithoutNode();
        await using var cloud = await LocalCloud.StartAsync();
        var outcome = await NodeProgram.RunAsync(cloud, [Path.Combine("arm", program + ".mjs"), .. arguments]);
        TestContext.Current.SendDiagnosticMessage("{0}: not supported: {1}", suite, outcome["unsupported"]!.ToJsonString());
        Assert.True(outcome["failures"]!.AsArray().Count == 0, string.Join('\n', outcome["failures"]!.AsArray().Select(failure => (string)failure!)));
        ClientEvidence.Compare("npm-" + suite, (string)outcome["client"]!, OperationName.Of(outcome["requests"]!.AsArray().Select(request => request!)));
    }
}
