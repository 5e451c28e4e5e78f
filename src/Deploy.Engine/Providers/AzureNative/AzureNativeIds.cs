using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Providers.AzureNative.Operations;
using Deploy.Engine.State;

namespace Deploy.Engine.Providers.AzureNative;

/// <summary>Where resources of azure-native are in Azure.</summary>
public static class AzureNativeIds
{
    /// <summary>
    /// The ARM ID of what a killed run had begun to create: it may exist already, although the state has no ID for it yet. Null for anything that is not a creation of a type
    /// that this build knows.
    /// </summary>
    /// <param name="pending">An operation that the journal holds without its end.</param>
    /// <param name="subscriptionId">The subscription of the stack.</param>
    public static string? OfPendingCreation(PendingOperation pending, string subscriptionId)
    {
        ArgumentNullException.ThrowIfNull(pending);
        var resource = pending.Resource;
        if (pending.Type != PendingOperationType.Creating || !ProviderMetadata.Default.Resources.TryGetValue(resource.Urn.Type, out var type))
        {
            return null;
        }

        var inputs = Plain.WithoutNulls(resource.Inputs);
        return ResourceContext.Create(resource.Urn, type, inputs).PathOf(inputs, subscriptionId);
    }
}
