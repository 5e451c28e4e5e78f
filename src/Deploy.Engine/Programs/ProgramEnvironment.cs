using System.Globalization;
using System.Text.Json.Nodes;

namespace Deploy.Engine.Programs;

/// <summary>The variables that the SDKs read. Secrets travel here and never in arguments, which every user of the machine can read.</summary>
internal static class ProgramEnvironment
{
    private static readonly string[] PassphraseVariables = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"];

    public static IReadOnlyDictionary<string, string?> Create(ProgramLaunch launch)
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PULUMI_MONITOR"] = launch.Address,
            ["PULUMI_ENGINE"] = launch.Address,
            ["PULUMI_PROJECT"] = launch.Project,
            ["PULUMI_STACK"] = launch.Stack,
            ["PULUMI_ORGANIZATION"] = launch.Organization,
            ["PULUMI_ROOT_DIRECTORY"] = launch.RootDirectory,
            ["PULUMI_PWD"] = launch.ProgramDirectory,
            ["PULUMI_DRY_RUN"] = launch.DryRun ? "true" : "false",
            ["PULUMI_QUERY_MODE"] = "false",
            ["PULUMI_PARALLEL"] = launch.Parallel.ToString(CultureInfo.InvariantCulture),
            ["PULUMI_CONFIG"] = new JsonObject(launch.Config.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value))).ToJsonString(),
            ["PULUMI_CONFIG_SECRET_KEYS"] = new JsonArray([.. launch.ConfigSecretKeys.Order(StringComparer.Ordinal)]).ToJsonString(),
        };

        // The program needs no key to the state.
        foreach (var name in PassphraseVariables)
        {
            result[name] = null;
        }

        foreach (var (name, value) in launch.Environment)
        {
            result[name] = value;
        }

        return result;
    }
}
