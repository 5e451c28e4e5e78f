using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Catalog;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using Deploy.Preflight;
using Deploy.Verification.Quota;

namespace Deploy.Cli.Commands;

/// <summary>Preflight, as <c>preflight</c>, <c>preview</c> and <c>up</c> share it.</summary>
internal static class PreflightStep
{
    /// <summary>Runs preflight and shows it on standard error; null when the program is not this repository's.</summary>
    /// <exception cref="FaultsException">A check failed.</exception>
    public static async Task<PreflightReport?> RunAsync(CommandContext context, StackSession session)
    {
        if (session.Settings is not { } settings)
        {
            return null;
        }

        var azure = await session.AzureAsync(context.CancellationToken);
        var report = await new PreflightChecker(AzureCatalog.Default, context.Streams.TimeProvider).RunAsync(
            new PreflightRequest
            {
                Settings = settings,
                Holdings = await HoldingsAsync(context, session),
                Azure = new PreflightAzure(azure.SubscriptionId, Providers.Reads(azure), Providers.Arm(azure)),
            },
            context.CancellationToken);
        PreflightView.Write(context.Error, report);
        context.Said.UnionWith(report.Checks.Select(check => check.Message));
        return report.AllowsDeployment ? report : throw new FaultsException([.. report.Errors]);
    }

    /// <summary>What the stack's state says that the environment already has.</summary>
    public static async Task<EnvironmentHoldings> HoldingsAsync(CommandContext context, StackSession session)
    {
        var resources = await session.ResourcesAsync(context.CancellationToken);
        return EnvironmentHoldings.From(resources
            .Where(resource => resource.Id.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase))
            .Select(resource => (new ResourceIdentifier(resource.Id), resource.Outputs)));
    }
}
