using Deploy.Core;

namespace Deploy.Preflight;

/// <summary>Errors that preflight finds itself, 1040 to 1059.</summary>
public static class PreflightErrors
{
    public static readonly ErrorDefinition SubscriptionDiffers = Define(
        "DEP1040", "The settings name another subscription than the signed-in one", "Sign in to the settings' subscription, or correct azure-native:subscriptionId.");

    public static readonly ErrorDefinition RegionInOtherCloud = Define("DEP1041", "The region belongs to another cloud", "Correct azure-native:location or phi:cloud.");
    public static readonly ErrorDefinition RegionUnknown = Define("DEP1042", "The region is not known", "Check the spelling of azure-native:location.");
    public static readonly ErrorDefinition RegionUncertain = Define("DEP1043", "It is not known whether the region offers a model", null);
    public static readonly ErrorDefinition VmSizeNotOffered = Define("DEP1044", "The region does not offer a VM size for online endpoints", "Choose a VM size that the region offers, or another region.");
    public static readonly ErrorDefinition NameTaken = Define("DEP1045", "An endpoint's name is taken", "Import the existing endpoint into the stack, delete it, or rename the endpoint in the settings.");
    public static readonly ErrorDefinition DeletedOutside = Define("DEP1046", "A resource of this environment was deleted outside and holds its name", "Recover or purge it, then run './deploy refresh'.");
    public static readonly ErrorDefinition PermissionMissing = Define("DEP1047", "The identity lacks a permission that the deployment needs", "Give the identity the roles Contributor and User Access Administrator, or custom ones with the named actions.");
    public static readonly ErrorDefinition NotAsked = Define("DEP1048", "Azure was not asked", "Sign in to Azure.");
    public static readonly ErrorDefinition PermissionsNotListed = Define("DEP1049", "Azure does not list the identity's permissions", "Ask an administrator of the subscription for the role Contributor and User Access Administrator.");

    private static ErrorDefinition Define(string code, string title, string? suggestion) => new(code, title, suggestion, ExitCode.Configuration);
}
