using Deploy.Core;

namespace Deploy.Cli;

/// <summary>Errors of the command line itself.</summary>
internal static class CliErrors
{
    public static readonly ErrorDefinition BadArguments = new(
        "DEP7001", "The command line is not understood", "Run the command with --help.", ExitCode.Configuration);

    public static readonly ErrorDefinition NoProject = new(
        "DEP7002", "There is no Pulumi.yaml", "Run this inside the repository, or name its folder with --cwd.", ExitCode.Configuration);

    public static readonly ErrorDefinition StackUnknown = new(
        "DEP7003", "The stack does not exist", "Use one of the stacks named in the message, or add its settings file.", ExitCode.StackNotFound);

    public static readonly ErrorDefinition NotConfirmed = new(
        "DEP7004", "Nobody is there to confirm", "Add --yes to proceed without being asked.", ExitCode.Configuration);

    public static readonly ErrorDefinition Declined = new(
        "DEP7005", "The change was declined", null, ExitCode.Cancelled);

    public static readonly ErrorDefinition Cancelled = new(
        "DEP7006", "The command was interrupted", "Run the same command again: it continues where this one stopped.", ExitCode.Cancelled, Retryable: true);

    public static readonly ErrorDefinition EngineUnavailable = new(
        "DEP7007", "The engine asked for is not available", "Install the Pulumi CLI, or use --engine embedded.", ExitCode.Configuration);

    public static readonly ErrorDefinition OutputUnknown = new(
        "DEP7008", "The stack has no such output", "`deploy stack output` lists them.", ExitCode.Generic);

    public static readonly ErrorDefinition NothingToVerify = new(
        "DEP7009", "The stack has no endpoint to verify", "Run `deploy up` first, or name an endpoint with --endpoint.", ExitCode.Configuration);

    public static readonly ErrorDefinition CredentialMissing = new(
        "DEP7012", "There is no credential for the endpoint",
        "Set AZURE_INFERENCE_CREDENTIAL to a key, or use --auth entra.", ExitCode.Authentication);

    public static readonly ErrorDefinition ForeignSubscription = new(
        "DEP7014", "The credential belongs to another subscription than the settings name",
        "Sign in to the subscription of the settings, or correct azure-native:subscriptionId.", ExitCode.Configuration);

    public static readonly ErrorDefinition UnexpectedChanges = new(
        "DEP7015", "Changes were found where none were expected", "Run `deploy preview` to see them.", ExitCode.UnexpectedChanges);

    public static readonly ErrorDefinition NoState = new(
        "DEP7016", "The stack has no state", "Run `deploy up` first.", ExitCode.Generic);

    public static readonly ErrorDefinition EmulatorNotRunning = new(
        "DEP7017", "The local Azure does not run", "Start it with `deploy emulator start`.", ExitCode.Generic);

    public static readonly ErrorDefinition PulumiFailed = new(
        "DEP7018", "The Pulumi CLI failed", "Follow what the Pulumi CLI said.", ExitCode.ResourceOperation);

    public static readonly ErrorDefinition ConfigKeyUnknown = new(
        "DEP7019", "The stack has no such configuration value", "`deploy config get` lists them.", ExitCode.Configuration);

    public static readonly ErrorDefinition ConfigValueInvalid = new(
        "DEP7020", "The configuration value cannot be set", null, ExitCode.Configuration);

    public static readonly ErrorDefinition ImportUnreadable = new(
        "DEP7021", "What is to be imported is not a state", "Import what `deploy stack export` or `pulumi stack export` wrote.", ExitCode.Configuration);

    public static readonly ErrorDefinition EventLogUnwritable = new(
        "DEP7022", "The event log cannot be written", "Name a file in a folder that exists and may be written.", ExitCode.Configuration);

    public static readonly ErrorDefinition TrustFailed = new(
        "DEP7023", "The certificate could not be put into the trust store", "Run the command that `deploy emulator trust` prints, and see what it says.", ExitCode.Generic);

    public static readonly ErrorDefinition ReportUnwritable = new(
        "DEP7031", "A report cannot be written there", "Name a file in a folder that may be written.", ExitCode.Configuration);

    public static readonly ErrorDefinition ReportNotWritten = new(
        "DEP7032", "A report could not be written in the end", "Make room for it, and run the command again.", ExitCode.Generic, Retryable: true);

    public static readonly ErrorDefinition EarlierReportUnreadable = new(
        "DEP7033", "The report of an earlier run cannot be read", "Name a file that `--report json=FILE` wrote, or a folder of such files.", ExitCode.Configuration);

    public static readonly ErrorDefinition ProbeUnreadable = new(
        "DEP7034", "The text for content safety cannot be read", "Name a file that can be read, or write the text itself.", ExitCode.Configuration);

    public static readonly ErrorDefinition Internal = new(
        "DEP9001", "An error that nobody expected", "Run the command again with DEPLOY_DEBUG=1 and report what it prints.", ExitCode.Internal);
}
