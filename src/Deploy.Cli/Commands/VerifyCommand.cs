using System.CommandLine;
using Azure.Identity;
using Deploy.Cli.Composition;
using Deploy.Cli.Reports;
using Deploy.Core;
using Deploy.Emulator;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy verify</c>: asks every endpoint of a stack, or one endpoint by its URI.</summary>
internal static class VerifyCommand
{
    private const string KeyVariable = "AZURE_INFERENCE_CREDENTIAL";

    private sealed record Args(Uri? Endpoint, string? Model, string? Compute, string? Auth, bool AllStacks, VerifyArgs Verify);

    public static Command Create(DeployProgram program)
    {
        var endpoint = new Option<Uri?>("--endpoint")
        {
            Description = "Verify this base URI instead of a stack's endpoints; the key comes from AZURE_INFERENCE_CREDENTIAL.",
            HelpName = "URI",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
                {
                    return uri;
                }

                result.AddError("--endpoint takes an https URI (plain http on loopback only).");
                return null;
            },
        };
        var model = new Option<string?>("--model") { Description = "The model that should answer; with --endpoint.", HelpName = "NAME" };
        var compute = new Option<string?>("--compute") { Description = "serverless or managed; with --endpoint (default: read off the host name).", HelpName = "KIND" };
        compute.AcceptOnlyFromAmong("serverless", "managed");
        var auth = new Option<string?>("--auth") { Description = "key or entra; with --endpoint (default: key).", HelpName = "KIND" };
        auth.AcceptOnlyFromAmong("key", "entra");
        var allStacks = new Option<bool>("--all-stacks") { Description = "The endpoints of every deployed stack of the project, in one run." };
        var verification = new VerifyOptions(waitByDefault: "0");
        var command = new Command("verify",
            """
            Asks every endpoint of the stack and judges the answers. Exits 10 when an endpoint failed, 11 when one could not be judged.

            Examples:
              deploy verify -s prod
              deploy verify -s prod --wait 5m -o json
              AZURE_INFERENCE_CREDENTIAL=... deploy verify --endpoint https://mini-1f2e.eastus2.models.ai.azure.com --model Phi-4-mini-instruct
            """) { endpoint, model, compute, auth, allStacks };
        verification.AddTo(command);
        var reports = new ReportOptions();
        reports.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context =>
        {
            var args = new Args(parsed.GetValue(endpoint), parsed.GetValue(model), parsed.GetValue(compute), parsed.GetValue(auth), parsed.GetValue(allStacks), verification.Read(parsed));
            return ReportRun.RunAsync(context, reports.Read(parsed), "verify", shown => RunAsync(context, args, shown));
        }));
        return command;
    }

    private static async Task<Outcome> RunAsync(CommandContext context, Args args, ReportParts shown)
    {
        var plan = VerifyPlan.Make(context, args.Verify);
        if (args.Endpoint is { } uri)
        {
            await using var local = await LocalAzureAtAsync(context, uri);
            return End(null, await VerifyStep.RunAsync(context, [ResolvedEndpoint.Found(TargetOf(context, args, uri))], plan, local?.Connection.Certificate, shown));
        }

        if (args.AllStacks)
        {
            return End(null, await FleetVerification.RunAsync(context, plan, shown));
        }

        await using var session = await StackSession.OpenAsync(context);
        shown.Take(session);
        session.RequireOurs("outputs `verify` knows");
        var outputs = await session.OutputsAsync(context.CancellationToken)
            ?? throw new DeployException(CliErrors.NothingToVerify.With($"Stack '{session.Name}' has not been deployed."));
        return End(session.Name.Value, await VerifyStep.RunAsync(context, session, outputs, plan, shown));
    }

    private static Outcome End(string? stack, VerificationReport report) => new()
    {
        Stack = stack,
        Errors = report.ToError() is { } error ? [error] : [],
        Parts = WithoutDuration(report),
    };

    /// <summary>The document has a duration of its own.</summary>
    private static System.Text.Json.Nodes.JsonObject WithoutDuration(VerificationReport report)
    {
        var parts = VerificationJson.ToNode(report);
        parts.Remove("durationMs");
        return parts;
    }

    /// <summary>The project's local Azure when it runs and the URI is one of its own: its certificate is trusted there, and nowhere else.</summary>
    private static async Task<LocalAzure?> LocalAzureAtAsync(CommandContext context, Uri uri)
    {
        if (!uri.IsLoopback || uri.Scheme != Uri.UriSchemeHttps)
        {
            return null;
        }

        var store = LocalStore.PathOf(context, StackLocator.FindProjectFolder(context) ?? context.Streams.WorkingDirectory);
        var local = await LocalAzure.TryAttachAsync(store, context.CancellationToken);
        if (local is null || local.Connection.Https.Port == uri.Port)
        {
            return local;
        }

        await local.DisposeAsync();
        return null;
    }

    /// <summary>On loopback the last segment of the path says which endpoint it is, elsewhere the host does.</summary>
    private static string NameOf(Uri uri) => uri.IsLoopback && uri.AbsolutePath.Trim('/').Split('/')[^1] is { Length: > 0 } name ? name : uri.Host;

    private static EndpointTarget TargetOf(CommandContext context, Args args, Uri uri) => new()
    {
        Name = NameOf(uri),
        Uri = uri,
        Model = args.Model is { } model ? new ModelName(model) : null,
        Compute = args.Compute switch
        {
            "serverless" => ComputeKind.Serverless,
            "managed" => ComputeKind.Managed,
            _ => EndpointTarget.ComputeOf(uri),
        },
        Auth = args.Auth == "entra" ? AuthMode.Entra : AuthMode.Key,
        Credential = args.Auth == "entra"
            ? EndpointCredential.FromToken(new DefaultAzureCredential())
            : EndpointCredential.FromKey(context.Streams.Variable(KeyVariable) ?? throw new DeployException(CliErrors.CredentialMissing.With($"{KeyVariable} is not set."))),
    };
}
