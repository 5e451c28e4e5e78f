using Deploy.Catalog;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Verification.Quota;

namespace Deploy.Cli.Commands;

/// <summary>The quota report, as <c>quota</c> and <c>up</c> share it.</summary>
internal static class QuotaStep
{
    public static async Task<QuotaReport> RunAsync(CommandContext context, StackSession session)
    {
        var azure = await session.AzureAsync(context.CancellationToken);
        var report = await new QuotaReporter(Providers.Reads(azure), AzureCatalog.Default)
            .ReportAsync(session.Settings!, azure.SubscriptionId, await PreflightStep.HoldingsAsync(context, session), context.CancellationToken);
        if (!context.Global.Json)
        {
            QuotaView.Write(context.Out, report);
        }

        return report;
    }
}
