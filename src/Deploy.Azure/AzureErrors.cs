using Deploy.Core;

namespace Deploy.Azure;

/// <summary>Faults of Azure access and sign-in.</summary>
public static class AzureErrors
{
    public static readonly ErrorDefinition SignInFailed = new(
        "DEP2001", "Sign-in to Azure failed", "Run 'az login', or set ARM_CLIENT_ID, ARM_TENANT_ID and a credential.", ExitCode.Authentication);

    public static readonly ErrorDefinition CredentialIncomplete = new(
        "DEP2002", "A configured credential lacks a part", "Set the named variable or configuration key.", ExitCode.Authentication);

    public static readonly ErrorDefinition SubscriptionMissing = new(
        "DEP2003", "No subscription is known", "Set azure-native:subscriptionId in the stack's settings, or ARM_SUBSCRIPTION_ID.", ExitCode.Authentication);

    public static readonly ErrorDefinition CloudUnknown = new(
        "DEP2004", "The cloud's name is not known", "Use local, public, usGovernment or china.", ExitCode.Configuration);

    public static readonly ErrorDefinition Unreachable = new(
        "DEP2005", "Azure could not be reached", "Check the network, the proxy and the address.", ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition Unauthorized = new(
        "DEP2006", "Azure did not accept the token", "Sign in again, and check that tenant and cloud match the subscription.", ExitCode.Authentication);

    public static readonly ErrorDefinition Forbidden = new(
        "DEP2007", "The identity lacks a permission", "Give the identity a role that contains the named action, then try again after some minutes.", ExitCode.Authentication);

    public static readonly ErrorDefinition NotFound = new(
        "DEP2008", "The resource does not exist", null, ExitCode.ResourceOperation);

    public static readonly ErrorDefinition Conflict = new(
        "DEP2009", "The resource is in a state that does not allow the request", "Wait for the other operation to end, then try again.", ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition Throttled = new(
        "DEP2010", "Azure throttled the requests", "Try again later, or with a smaller --parallel.", ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition Rejected = new(
        "DEP2011", "Azure rejected the request", null, ExitCode.ResourceOperation);

    public static readonly ErrorDefinition ServiceFault = new(
        "DEP2012", "Azure failed to serve the request", "Try again; with the correlation id, support can look it up.", ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition OperationFailed = new(
        "DEP2013", "A long-running operation failed", null, ExitCode.ResourceOperation);

    public static readonly ErrorDefinition OperationCanceled = new(
        "DEP2014", "Azure cancelled a long-running operation", "Try again.", ExitCode.ResourceOperation, Retryable: true);

    public static readonly ErrorDefinition OperationTimedOut = new(
        "DEP2015", "A long-running operation did not end in time", "Look at the resource in Azure; a longer timeout can be set with the resource option customTimeouts.", ExitCode.Timeout, Retryable: true);

    public static readonly ErrorDefinition ForeignAddress = new(
        "DEP2016", "Azure answered with an address outside the cloud", null, ExitCode.ResourceOperation);

    public static readonly ErrorDefinition QuotaExceeded = new(
        "DEP2017", "A quota of the subscription is exhausted", "Ask for more quota, free some, or choose another region or size; 'deploy quota' shows what is used.", ExitCode.ResourceOperation);

    public static readonly ErrorDefinition NameUnavailable = new(
        "DEP2018", "The name is taken or held by a deleted resource", "Purge or recover the deleted resource, or choose another name.", ExitCode.ResourceOperation);

    public static readonly ErrorDefinition InvalidResponse = new(
        "DEP2019", "Azure answered with something that is not the expected document", null, ExitCode.ResourceOperation, Retryable: true);
}
