using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Azure.Identity;

/// <summary>The account that the Azure CLI is signed in with.</summary>
public sealed record AzureCliAccount(string SubscriptionId, string? TenantId, string? Cloud);

/// <summary>The installed Azure CLI.</summary>
public interface IAzureCli
{
    /// <summary>The signed-in account; null when there is no CLI or nobody is signed in.</summary>
    Task<AzureCliAccount?> ShowAccountAsync(CancellationToken cancellationToken);
}

/// <summary>Runs <c>az account show</c>.</summary>
public sealed class AzureCli : IAzureCli
{
    public async Task<AzureCliAccount?> ShowAccountAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            await errors;
            return process.ExitCode == 0 ? Parse(await output) : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    internal static AzureCliAccount? Parse(string json)
    {
        try
        {
            var account = JsonNode.Parse(json) as JsonObject;
            return account?["id"]?.ToString() is { } id ? new AzureCliAccount(id, account["tenantId"]?.ToString(), account["environmentName"]?.ToString()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ProcessStartInfo StartInfo()
    {
        var info = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", "/c az account show --output json") : new ProcessStartInfo("az", "account show --output json");
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.UseShellExecute = false;
        return info;
    }
}
