using Deploy.Core;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>Faults of the azure-native provider itself; what Azure says keeps the codes of <see cref="Deploy.Azure.AzureErrors"/>.</summary>
public static class AzureNativeErrors
{
    public static readonly ErrorDefinition AlreadyExists = new(
        "DEP3801", "The resource to create exists already", "Import it, delete it, or choose another name.", ExitCode.ResourceOperation);

    public static readonly ErrorDefinition UnknownType = new(
        "DEP3802", "The resource type is not part of this provider", "Run the program with the official Pulumi CLI, or add the type to sdk/generator/types.txt.", ExitCode.Configuration);

    public static readonly ErrorDefinition UnknownFunction = new(
        "DEP3803", "The function is not part of this provider", "Run the program with the official Pulumi CLI, or add the function to sdk/generator/types.txt.", ExitCode.Configuration);

    public static readonly ErrorDefinition ExistenceUnclear = new(
        "DEP3804", "Whether the resource exists could not be found out", null, ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition IncompleteId = new(
        "DEP3805", "The resource's id cannot be made or read", null, ExitCode.ResourceOperation);

    public static readonly ErrorDefinition UnexpectedBody = new(
        "DEP3806", "Azure answered without the resource", null, ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition ArgumentMissing = new(
        "DEP3807", "A function lacks an argument", null, ExitCode.Configuration);

    public static readonly ErrorDefinition RegistrationTimedOut = new(
        "DEP3808", "A resource provider's registration did not end", "Register it by hand: az provider register --namespace <name>.", ExitCode.Timeout, Retryable: true);
}
