using System.Security.Cryptography.X509Certificates;
using Deploy.Cli.Composition;
using Deploy.Cli.Reports;
using Deploy.Core;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Commands;

/// <summary>Verification of every deployed stack in one run, as <c>verify --all-stacks</c> asks for it.</summary>
internal static class FleetVerification
{
    /// <exception cref="DeployException">No stack has been deployed, or one cannot be asked: a gate must not pass for what it has not seen.</exception>
    public static async Task<VerificationReport> RunAsync(CommandContext context, VerifyPlan plan, ReportParts shown)
    {
        await using var fleet = await StackFleet.OpenAllAsync(context);
        fleet.Sessions[0].RequireOurs("outputs `verify` knows");
        var endpoints = new List<ResolvedEndpoint>();
        var deployed = 0;
        X509Certificate2? certificate = null;
        foreach (var session in fleet.Sessions)
        {
            if (await session.OutputsAsync(context.CancellationToken) is not { } outputs)
            {
                context.Note($"Stack {session.Name} has not been deployed.");
                continue;
            }

            deployed++;
            // All stacks of a local Azure share it, and with it the one certificate that is trusted on loopback.
            certificate ??= (await session.AzureAsync(context.CancellationToken)).Cloud.TrustedCertificate;
            endpoints.AddRange((await VerifyStep.ResolveAsync(context, session, outputs)).Select(endpoint => endpoint.InStack(session.Name)));
        }

        if (deployed == 0)
        {
            throw new DeployException(CliErrors.NothingToVerify.With("No stack of the project has been deployed."));
        }

        return await VerifyStep.RunAsync(context, endpoints, plan, certificate, shown);
    }
}
