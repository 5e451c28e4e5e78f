using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>One resource during one call: its type and the API version that its program asked for.</summary>
internal sealed record ResourceContext
{
    public required Urn Urn { get; init; }

    public required ResourceMetadata Type { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>How messages call it.</summary>
    public string Name => $"{Urn.Type} '{Urn.Name}'";

    public static ResourceContext Create(Urn urn, ResourceMetadata type, params ReadOnlySpan<PropertyMap> sources)
    {
        foreach (var source in sources)
        {
            if (source.Find("azureApiVersion")?.AsString() is { Length: > 0 } version)
            {
                return new ResourceContext { Urn = urn, Type = type, ApiVersion = version };
            }
        }

        return new ResourceContext { Urn = urn, Type = type, ApiVersion = type.ApiVersion };
    }

    /// <summary>The path that the inputs lead to.</summary>
    public string PathOf(PropertyMap inputs, string subscriptionId) =>
        ResourcePath.Fill(Type.Path, inputs, subscriptionId)
        ?? throw new Core.DeployException(AzureNativeErrors.IncompleteId.With($"{Name}: a part of '{Type.Path}' is missing in the inputs."));
}
