using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>The Azure CLI with a configuration of its own, pointed at a local Azure as at a private cloud.</summary>
internal sealed class AzureCli
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _variables = [];

    private AzureCli()
    {
    }

    public static async Task<AzureCli> OnAsync(LocalCloud cloud)
    {
        var az = new AzureCli();
        foreach (var (name, value) in await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string>(), TestContext.Current.CancellationToken))
        {
            az._variables[name] = value;
        }

        az._variables["AZURE_CONFIG_DIR"] = Path.Combine(cloud.Folder, "azure-cli");
        az._variables["AZURE_CORE_COLLECT_TELEMETRY"] = "no";
        az._variables["AZURE_CORE_ONLY_SHOW_ERRORS"] = "true";
        return az;
    }

    /// <summary>What a command prints, as JSON; null when it prints nothing.</summary>
    public async Task<JsonNode?> RunAsync(params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("az") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach([.. arguments, "--output", "json"], start.ArgumentList.Add);
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"az {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
            return (await output).Trim() is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
