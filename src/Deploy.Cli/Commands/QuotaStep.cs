using Azure.Core;
using Deploy.Azure;
using Deploy.Catalog;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Core;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Commands;

/// <summary>The quota report, as <c>quota</c> and <c>up</c> share it.</summary>
internal static class QuotaStep
{
    /// <param name="context">Of the command.</param>
    /// <param name="session">The stack.</param>
    /// <param name="verification">What its endpoints said about their rates a moment ago; null when they were not asked.</param>
    /// <param name="held">What the project's stacks hold, to find orphans; null not to look for them.</param>
    public static async Task<QuotaReport> RunAsync(CommandContext context, StackSession session, VerificationReport? verification, HeldByProject? held)
    {
        var azure = await session.AzureAsync(context.CancellationToken);
        var environment = await EnvironmentAsync(context, session) with { SubscriptionId = azure.SubscriptionId, Rates = LiveRates.Of(verification) };
        return Show(context, WithUnread(await ReportAsync(context, azure, [environment], held), held));
    }

    /// <summary>Reports stacks together. One whose Azure cannot be asked is unverified; it does not take the others' numbers with it.</summary>
    public static async Task<QuotaReport> RunAsync(CommandContext context, StackFleet fleet, HeldByProject held)
    {
        var places = new Dictionary<(string Subscription, AzureLocation Location), List<(QuotaEnvironment Environment, AzureSession Azure)>>();
        var reports = new List<QuotaReport>();
        foreach (var session in fleet.Sessions)
        {
            var environment = await EnvironmentAsync(context, session) with { IsNamed = true };
            try
            {
                var azure = await session.AzureAsync(context.CancellationToken);
                environment = environment with { SubscriptionId = azure.SubscriptionId };
                var place = (azure.SubscriptionId.ToLowerInvariant(), session.Settings!.Location);
                (places.TryGetValue(place, out var others) ? others : places[place] = []).Add((environment, azure));
            }
            catch (DeployException exception)
            {
                reports.Add(QuotaReporter.Unread([environment], exception.Error, AzureCatalog.Default));
            }
        }

        foreach (var place in places.Values)
        {
            reports.Add(await ReportAsync(context, place[0].Azure, [.. place.Select(item => item.Environment)], held));
        }

        return Show(context, WithUnread(QuotaReport.Together(reports), held));
    }

    private static Task<QuotaReport> ReportAsync(CommandContext context, AzureSession azure, IReadOnlyList<QuotaEnvironment> environments, HeldByProject? held) =>
        new QuotaReporter(Providers.Reads(azure), AzureCatalog.Default).ReportAsync(environments, held?.Ids, context.CancellationToken);

    private static async Task<QuotaEnvironment> EnvironmentAsync(CommandContext context, StackSession session) => new()
    {
        Settings = session.Settings!,
        SubscriptionId = session.Settings!.SubscriptionId ?? "",
        Holdings = await PreflightStep.HoldingsAsync(context, session),
    };

    private static QuotaReport WithUnread(QuotaReport report, HeldByProject? held) => held?.Unread is null ? report : report with
    {
        OrphansReason = string.Join("; ", new[] { report.OrphansReason, $"not readable: {held.Unread}" }.OfType<string>()),
    };

    private static QuotaReport Show(CommandContext context, QuotaReport report)
    {
        if (!context.Global.Json)
        {
            QuotaView.Write(context.Out, report);
        }

        return report;
    }
}
