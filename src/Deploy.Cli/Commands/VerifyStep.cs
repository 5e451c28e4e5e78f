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
        var targets = await ResolveAsync(context, session, outputs);
        return await RunAsync(context, targets, timing, (await session.AzureAsync(context.CancellationToken)).Cloud.TrustedCertificate);
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

    public static async Task<VerificationReport> RunAsync(
        CommandContext context, IReadOnlyList<ResolvedEndpoint> targets, VerifyTiming timing, X509Certificate2? certificate)
    {
        context.Error.MarkupLineInterpolated($"[bold]Verifying {targets.Count} {(targets.Count == 1 ? "endpoint" : "endpoints")}[/]");
        using var transport = EndpointTransport.Create(certificate);
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
