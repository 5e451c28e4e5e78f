using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments;
using Deploy.Environments.Reading;
using Deploy.Environments.Settings;
using Pulumi;

namespace Infra;

/// <summary>Reads the stack's settings from the program's configuration, under whichever engine runs it.</summary>
internal static class StackSettings
{
    private static readonly (string Namespace, string Key)[] Keys =
    [
        ("azure-native", "location"), ("azure-native", "subscriptionId"),
        ("phi", "cloud"), ("phi", "lifecycle"), ("phi", "hub"), ("phi", "projects"),
    ];

    /// <summary>Reads and validates the settings, and applies the lifecycle rule: a warning is logged, an error ends the program.</summary>
    /// <exception cref="RunException">The settings are not valid, or name a model that may not be deployed. Names every fault.</exception>
    public static EnvironmentSettings Read(TimeProvider time)
    {
        var values = Keys
            .Select(key => (Name: $"{key.Namespace}:{key.Key}", Text: new Config(key.Namespace).Get(key.Key)))
            .Where(entry => entry.Text is not null)
            .ToDictionary(entry => entry.Name, entry => entry.Text!, StringComparer.Ordinal);
        var stack = StackName.TryParse(Deployment.Instance.StackName)
            ?? throw new RunException($"'{Deployment.Instance.StackName}' is not a stack name this program can work with.");
        var bound = SettingsBinder.Bind(ProgramConfigReader.Read(values, stack), AzureCatalog.Default);
        if (!bound.IsValid)
        {
            throw new RunException(string.Join(Environment.NewLine, bound.Faults.Select(Describe)));
        }

        ApplyLifecycle(bound.Settings, time);
        return bound.Settings;
    }

    private static void ApplyLifecycle(EnvironmentSettings settings, TimeProvider time)
    {
        var findings = LifecycleRule.Evaluate(settings, AzureCatalog.Default.Models, time.GetUtcNow());
        foreach (var finding in findings.Where(finding => !finding.IsError))
        {
            Log.Warn(Describe(finding.Error));
        }

        var errors = findings.Where(finding => finding.IsError).Select(finding => Describe(finding.Error)).ToArray();
        if (errors.Length > 0)
        {
            throw new RunException(string.Join(Environment.NewLine, errors));
        }
    }

    private static string Describe(DeployError error) => $"{error.Code}: {error.Message} {error.Suggestion}".TrimEnd();
}
