using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Reading;
using Deploy.Environments.Settings;

namespace Deploy.Environments.Tests;

internal static class Bound
{
    public const string File = "stacks/Pulumi.dev.yaml";

    public static readonly StackName Stack = StackName.TryParse("dev")!;

    public static SettingsResult FromYaml(string yaml) => SettingsBinder.Bind(StackFileReader.Read(yaml, File, Stack), AzureCatalog.Default);

    public static SettingsResult FromConfig(params (string Key, string Value)[] config) =>
        SettingsBinder.Bind(ProgramConfigReader.Read(config.ToDictionary(pair => pair.Key, pair => pair.Value), Stack), AzureCatalog.Default);

    /// <summary>A valid file with one project and these endpoints, each one flow mapping; the first stands in line 7.</summary>
    public static string Yaml(string cloud, params string[] endpoints) => $"""
        config:
          azure-native:location: eastus2
          phi:cloud: {cloud}
          phi:projects:
            - name: assistants
              endpoints:
        {string.Concat(endpoints.Select(endpoint => $"        - {endpoint}\n"))}
        """;

    /// <summary>The only fault of a file with one endpoint.</summary>
    public static DeployError FaultOf(string endpoint, string cloud = "local") => Xunit.Assert.Single(FromYaml(Yaml(cloud, endpoint)).Faults);
}
