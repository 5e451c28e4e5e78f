namespace Pulumi;

/// <summary>A configured instance of a provider.</summary>
public class ProviderResource : CustomResource
{
    private const string TypePrefix = "pulumi:providers:";

    /// <summary>Registers the provider instance.</summary>
    /// <param name="package">Package, e.g. <c>azure-native</c>.</param>
    /// <param name="name">Name of the instance.</param>
    /// <param name="args">Its configuration.</param>
    /// <param name="options">How the engine treats it.</param>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base(TypePrefix + package, name, args, options) => Package = package;

    private protected ProviderResource(string urn)
        : base(Pulumi.Urn.TypeOf(urn), Pulumi.Urn.NameOf(urn), dependency: true) => Package = Pulumi.Urn.TypeOf(urn)[TypePrefix.Length..];

    internal string Package { get; }

    /// <summary>What registrations send: URN and id of the instance. The id is unknown while the instance is only planned.</summary>
    internal virtual async Task<string> GetReferenceAsync()
    {
        var urn = await Urn.GetValueAsync("", "option Provider").ConfigureAwait(false);
        var id = await Id.GetValueAsync(Serialization.WireConstants.Unknown, "option Provider").ConfigureAwait(false);
        return $"{urn}::{(id.Length == 0 ? Serialization.WireConstants.Unknown : id)}";
    }
}
