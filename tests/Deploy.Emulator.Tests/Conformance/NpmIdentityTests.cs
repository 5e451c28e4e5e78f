namespace Deploy.Emulator.Tests.Conformance;

/// <summary>@azure/identity, unmodified, with the variables of <c>deploy emulator env</c> and nothing else.</summary>
public sealed class NpmIdentityTests
{
    private const string Machine = "10ca1a2e-0000-4000-8000-000000000005";

    [Fact]
    public async Task Credentials_EveryKindWithoutAPerson_GetTokensThatArmTakes()
    {
        ConformanceFolder.SkipWithoutNode();
        await using var cloud = await LocalCloud.StartAsync();
        var program = Path.Combine("identity", "credentials.mjs");
        var first = await NodeProgram.RunAsync(cloud, program, "secret", "certificate", "certificateChain", "assertion", "workload", "environment", "default", "appService");
        var second = await NodeProgram.RunAsync(cloud, program, "metadata");
        var results = first["results"]!.AsObject().Concat(second["results"]!.AsObject()).ToDictionary(pair => pair.Key, pair => pair.Value!);
        Assert.Equal(9, results.Count);
        Assert.All(results.Values, result => Assert.Equal(200, (int)result["status"]!));
        Assert.All(results, pair => Assert.Equal(pair.Key is "appService" or "metadata" ? Machine : cloud.Connection.ClientId, (string?)pair.Value["appid"]));
        Assert.All(results, pair => Assert.Equal(pair.Key is "secret" or "environment" or "default" ? "1" : "2", (string?)pair.Value["appidacr"]));
        ClientEvidence.Compare("npm-identity", (string)first["client"]!, OperationName.Of(cloud.Requests()).Where(operation => !operation.Contains("/subscriptions", StringComparison.Ordinal)));
    }
}
