using Deploy.Core;

namespace Deploy.Engine;

/// <summary>Errors of the engine, its state and its programs.</summary>
public static class EngineErrors
{
    public static readonly ErrorDefinition ResourceFailed = new("DEP3001", "A resource operation failed", null, ExitCode.ResourceOperation);
    public static readonly ErrorDefinition CheckFailed = new("DEP3002", "A resource's inputs are not valid", "Correct the named properties in the program.", ExitCode.Configuration);
    public static readonly ErrorDefinition ProgramFailed = new("DEP3003", "The program failed", "Read the diagnostics above; the program's own messages say what is wrong.", ExitCode.Generic);
    public static readonly ErrorDefinition ProgramNotStarted = new("DEP3004", "The program could not be built or started", null, ExitCode.Generic);
    public static readonly ErrorDefinition UnexpectedChanges = new("DEP3005", "No changes were expected, but the plan holds some", "Run preview to see them.", ExitCode.UnexpectedChanges);
    public static readonly ErrorDefinition Cancelled = new("DEP3006", "The run was cancelled", "Run the same command again to continue.", ExitCode.Cancelled, Retryable: true);
    public static readonly ErrorDefinition Protected = new("DEP3007", "A protected resource would be deleted or replaced", "Set 'protect' to false in the program and run up, then try again.", ExitCode.ResourceOperation);
    public static readonly ErrorDefinition ProviderUnknown = new("DEP3008", "No provider for this package", null, ExitCode.Configuration);
    public static readonly ErrorDefinition InvalidRegistration = new("DEP3009", "The program registered something invalid", null, ExitCode.Generic);
    public static readonly ErrorDefinition ImportFailed = new("DEP3010", "A resource could not be imported", null, ExitCode.ResourceOperation);
    public static readonly ErrorDefinition ReadFailed = new("DEP3011", "A resource could not be read", null, ExitCode.ResourceOperation);
    public static readonly ErrorDefinition RuntimeUnsupported = new("DEP3012", "This program runtime is not supported", "Use the dotnet or nodejs runtime, or --engine pulumi.", ExitCode.Configuration);
    public static readonly ErrorDefinition TargetUnknown = new("DEP3013", "A target matches no resource", "`deploy stack export` shows the URNs of the stack.", ExitCode.Configuration);
    public static readonly ErrorDefinition TargetIncomplete = new("DEP3014", "The targets leave out a resource that they need", "Add it to the targets.", ExitCode.Configuration);

    public static readonly ErrorDefinition StackLocked = new("DEP3101", "Another run holds the stack", "Wait for it to end; if it is gone, run 'deploy stack unlock'.", ExitCode.Generic, Retryable: true);
    public static readonly ErrorDefinition StateInvalid = new("DEP3102", "The state is damaged", "Restore a copy from the backend's backups folder.", ExitCode.Generic);
    public static readonly ErrorDefinition StateUnsupported = new("DEP3103", "The state uses a feature or version that is not supported", "Use the pulumi CLI for this stack.", ExitCode.Generic);
    public static readonly ErrorDefinition BackendUnsupported = new("DEP3104", "This kind of backend is not supported", "Use file:// with a folder.", ExitCode.Configuration);
    public static readonly ErrorDefinition PassphraseMissing = new("DEP3105", "A passphrase is needed", "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.", ExitCode.Configuration);
    public static readonly ErrorDefinition PassphraseWrong = new("DEP3106", "The passphrase is not the one the secrets were encrypted with", "Set PULUMI_CONFIG_PASSPHRASE to the passphrase of this stack.", ExitCode.Configuration);
    public static readonly ErrorDefinition SecretDamaged = new("DEP3107", "An encrypted value cannot be decrypted", null, ExitCode.Generic);
    public static readonly ErrorDefinition SecretsProviderUnsupported = new("DEP3108", "This secrets provider is not supported", "Use the passphrase provider, or the pulumi CLI for this stack.", ExitCode.Configuration);
    public static readonly ErrorDefinition StackNotEmpty = new("DEP3109", "The stack still has resources", "Run destroy first, or remove it with force.", ExitCode.Generic);
    public static readonly ErrorDefinition StackNotFound = new("DEP3110", "There is no such stack", null, ExitCode.StackNotFound);

    public static readonly ErrorDefinition ProjectMissing = new("DEP3201", "There is no Pulumi.yaml", "Run the command in the folder of a project, or pass --cwd.", ExitCode.Configuration);
    public static readonly ErrorDefinition ProjectInvalid = new("DEP3202", "Pulumi.yaml is not valid", null, ExitCode.Configuration);
    public static readonly ErrorDefinition StackFileInvalid = new("DEP3203", "The stack's settings file is not valid", null, ExitCode.Configuration);
    public static readonly ErrorDefinition ConfigMissing = new("DEP3204", "A declared configuration value is missing", "Set it in the stack's settings file.", ExitCode.Configuration);
    public static readonly ErrorDefinition ConfigType = new("DEP3205", "A configuration value is not of the declared type", null, ExitCode.Configuration);
    public static readonly ErrorDefinition ConfigNotSecret = new("DEP3206", "A value that is declared secret is written in clear", "Set it with 'deploy config set --secret'.", ExitCode.Configuration);

    public static readonly ErrorDefinition Internal = new("DEP3900", "The engine failed unexpectedly", "Run the command again: the journal keeps what was done. Report it if it stays.", ExitCode.Internal);
}
