using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Reading;
using Deploy.Environments.Settings;
using Xunit;

namespace Deploy.Environments.Tests;

/// <summary>The settings files that the repository ships.</summary>
public sealed class StacksTests
{
    [Theory]
    [InlineData("local", TargetCloud.Local, LifecyclePolicy.Warn)]
    [InlineData("dev", TargetCloud.Public, LifecyclePolicy.Enforce)]
    [InlineData("staging", TargetCloud.Public, LifecyclePolicy.Enforce)]
    [InlineData("prod", TargetCloud.Public, LifecyclePolicy.Enforce)]
    public void Bind_ShippedStack_IsValidAndItsModelsAreOffered(string name, TargetCloud cloud, LifecyclePolicy lifecycle)
    {
        var result = SettingsBinder.Bind(StackFileReader.Read(Text(name), $"stacks/Pulumi.{name}.yaml", StackName.TryParse(name)!), AzureCatalog.Default);
        Assert.Empty(result.Faults);
        Assert.Equal((cloud, lifecycle), (result.Settings!.Cloud, result.Settings.Lifecycle));
        var findings = LifecycleRule.Evaluate(result.Settings, AzureCatalog.Default.Models, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain(findings, finding => finding.IsError);
        Assert.Equal(name == "local", findings.Count > 0);
    }

    [Fact]
    public void Bind_Local_IsTheWalkOfTheReadme()
    {
        var settings = SettingsBinder.Bind(StackFileReader.Read(Text("local"), "stacks/Pulumi.local.yaml", StackName.TryParse("local")!), AzureCatalog.Default).Settings!;
        Assert.Equal(2, settings.Projects.Count);
        Assert.Equal(
            ["Phi-3-medium-128k-instruct managed", "Phi-3-mini-4k-instruct serverless", "Phi-3-small-8k-instruct serverless"],
            settings.Endpoints.Select(pair => $"{pair.Endpoint.Model} {pair.Endpoint.Compute.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal));
    }

    private static string Text(string stack) => File.ReadAllText(Path.Combine(Repository.Root, "stacks", $"Pulumi.{stack}.yaml"));
}
