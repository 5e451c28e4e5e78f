using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Engine.Values;
using Deploy.Environments;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary>Verification, as <c>up</c> and <c>verify</c> share it.</summary>
internal static class VerifyStep
{
    /// <summary>Verifies the endpoints that a stack's outputs promise; what they are now is read from Azure.</summary>
    public static async Task<VerificationReport> RunAsync(CommandContext context, StackSession session, PropertyMap outputs, VerifyTiming timing)
    {
        var contracts = outputs.TryGetValue("endpoints", out var value)
            ? EndpointContract.ReadList(JsonSerializer.SerializeToElement(PropertyJson.ToJson(value, showSecrets: false)))
            : [];
        var azure = await session.AzureAsync(context.CancellationToken);
        var resolver = new EndpointResolver(Providers.Reads(azure), azure.Credential, azure.Cloud.MachineLearningScope);
        var targets = await resolver.ResolveAsync(contracts, context.CancellationToken);
        return await RunAsync(context, targets, timing, azure.Cloud.TrustedCertificate);
    }

    public static async Task<VerificationReport> RunAsync(
        CommandContext context, IReadOnlyList<ResolvedEndpoint> targets, VerifyTiming timing, X509Certificate2? certificate)
    {
        context.Error.MarkupLineInterpolated($"[bold]Verifying {targets.Count} {(targets.Count == 1 ? "endpoint" : "endpoints")}[/]");
        using var transport = new EndpointTransport(context.Streams.TimeProvider, certificate is null ? null : LocalTrust.Only(certificate));
        var defaults = new VerificationOptions();
        var options = defaults with
        {
            Timeout = timing.Timeout ?? defaults.Timeout,
            Wait = timing.Wait ?? defaults.Wait,
        };
        var report = await new EndpointVerifier(transport, context.Streams.TimeProvider)
            .VerifyAsync(targets, options, new VerificationProgressView(context.Error), context.CancellationToken);
        if (!context.Global.Json)
        {
            VerificationView.Write(context.Out, report);
        }

        return report;
    }
}
