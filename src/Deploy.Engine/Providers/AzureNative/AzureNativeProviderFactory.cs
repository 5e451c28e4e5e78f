using Deploy.Azure.Arm;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative;

/// <summary>Connects a provider with the configuration that it was given: namespace <c>azure-native</c>, without the namespace.</summary>
public delegate Task<IArmClient> AzureNativeConnect(PropertyMap configuration, CancellationToken cancellationToken);

/// <summary>Makes azure-native providers.</summary>
/// <param name="connect">Called once per provider resource.</param>
/// <param name="options">The caller's decisions.</param>
/// <param name="timeProvider">Clock of waits.</param>
public sealed class AzureNativeProviderFactory(AzureNativeConnect connect, AzureNativeProviderOptions options, TimeProvider timeProvider) : IProviderFactory
{
    /// <summary>Every provider uses this one client; a <c>subscriptionId</c> in the configuration still counts, credentials there do not.</summary>
    public AzureNativeProviderFactory(IArmClient client, AzureNativeProviderOptions options, TimeProvider timeProvider)
        : this((_, _) => Task.FromResult(client), options, timeProvider)
    {
    }

    public string Package => "azure-native";

    public string Version => ProviderMetadata.Default.Version;

    public IResourceProvider Create() => new AzureNativeProvider(ProviderMetadata.Default, connect, options, timeProvider);
}
