using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Cli.Reports;
using Deploy.Engine.Values;
using Deploy.Environments;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary>Verification, as <c>up</c> and <c>verify</c> share it.</summary>
internal static class VerifyStep
{
    /// <summary>Verifies the endpoints that a stack's outputs promise; what they are now is read from Azure.</summary>
    public static async Task<VerificationReport> RunAsync(CommandContext context, StackSession session, PropertyMap outputs, VerifyPlan plan, ReportParts shown)
    {
        var targets = await ResolveAsync(context, session, outputs);
        return await RunAsync(context, targets, plan.With(session.Settings?.Verify), (await session.AzureAsync(context.CancellationToken)).Cloud.TrustedCertificate, shown);
    }

    /// <summary>What the endpoints of a stack's outputs are now, as Azure says.</summary>
    public static async Task<IReadOnlyList<ResolvedEndpoint>> ResolveAsync(CommandContext context, StackSession session, PropertyMap outputs)
    {
        var contracts = outputs.TryGetValue("endpoints", out var value)
            ? EndpointContract.ReadList(JsonSerializer.SerializeToElement(PropertyJson.ToJson(value, showSecrets: false)))
            : [];
        var azure = await session.AzureAsync(context.CancellationToken);
        return await new EndpointResolver(Providers.Reads(azure), azure.Credential, azure.Cloud.MachineLearningScope).ResolveAsync(contracts, context.CancellationToken);
    }

    /// <summary>Verifies endpoints, shows the verdicts, and leaves in the parts what reports show.</summary>
    public static async Task<VerificationReport> RunAsync(
        CommandContext context, IReadOnlyList<ResolvedEndpoint> targets, VerifyPlan plan, X509Certificate2? certificate, ReportParts shown)
    {
        context.Error.MarkupLineInterpolated($"[bold]Verifying {targets.Count} {(targets.Count == 1 ? "endpoint" : "endpoints")}[/]");
        using var transport = EndpointTransport.Create(certificate);
        var report = await new EndpointVerifier(transport, context.Streams.TimeProvider)
            .VerifyAsync(targets, plan.Options, new VerificationProgressView(context.Error), context.CancellationToken);
        shown.Verification = report;
        shown.Comparison = plan.Baseline is { } baseline ? RunComparer.Compare(baseline, report) : null;
        if (!context.Global.Json)
        {
            VerificationView.Write(context.Out, report);
            LatencyView.Write(context.Out, report);
            ComparisonView.Write(context.Out, shown.Comparison);
        }

        return report;
    }
}
