using Deploy.Cli.Terminal;
using Deploy.Core;

namespace Deploy.Cli.Reports;

/// <summary>The secrets that this process was started with.</summary>
internal static class EnvironmentSecrets
{
    private static readonly string[] Names =
    [
        "AZURE_INFERENCE_CREDENTIAL", "AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET", "AZURE_PASSWORD", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "ARM_CLIENT_CERTIFICATE_PASSWORD",
        "ARM_OIDC_TOKEN", "ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN", "GITHUB_TOKEN",
        "OPENAI_API_KEY", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE",
    ];

    public static SecretScrubber Scrubber(Streams streams)
    {
        var scrubber = new SecretScrubber();
        foreach (var name in Names)
        {
            scrubber.Add(streams.Variable(name));
        }

        return scrubber;
    }
}
