using Deploy.Catalog;
using Deploy.Environments.Settings;
using Xunit;

namespace Deploy.Environments.Tests;

public sealed class LifecycleRuleTests
{
    private static readonly EnvironmentSettings Settings = Bound.FromYaml(Bound.Yaml(
        "local",
        "{ name: mini, model: Phi-3-mini-4k-instruct, compute: serverless }",
        "{ name: new, model: Phi-4, compute: serverless }",
        "{ name: medium, model: Phi-3-medium-128k-instruct, compute: managed, version: 7, instanceType: Standard_NC48ads_A100_v4 }")).Settings!;

    [Theory]
    [InlineData("2025-06-01", LifecyclePolicy.Enforce, null, false)]
    [InlineData("2025-06-15", LifecyclePolicy.Enforce, "DEP1022", false)]
    [InlineData("2025-07-15", LifecyclePolicy.Enforce, "DEP1021", true)]
    [InlineData("2026-11-23", LifecyclePolicy.Enforce, "DEP1020", true)]
    [InlineData("2026-11-23", LifecyclePolicy.Warn, "DEP1020", false)]
    public void Evaluate_ByDateAndPolicy_JudgesStage(string day, LifecyclePolicy policy, string? code, bool isError)
    {
        var now = DateTimeOffset.Parse(day + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var findings = LifecycleRule.Evaluate(Settings with { Lifecycle = policy }, AzureCatalog.Default.Models, now);
        Assert.Equal(code is null ? 0 : 2, findings.Count);
        Assert.All(findings, finding => Assert.Equal((code, isError), (finding.Error.Code, finding.IsError)));
    }

    [Fact]
    public void Evaluate_Retired_NamesDateSuccessorAndEndpoints()
    {
        var finding = LifecycleRule.Evaluate(Settings, AzureCatalog.Default.Models, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero))[1];
        Assert.Equal("Phi-4", finding.Successor!.Value.Value);
        Assert.Equal("Phi-3-medium-128k-instruct was retired on 2025-08-30: Azure takes no new deployment and existing endpoints answer 404. Used by assistants/medium.", finding.Error.Message);
        Assert.Equal("Move to Phi-4.", finding.Error.Suggestion);
    }
}
