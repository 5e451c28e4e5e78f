using Azure.Core;
using Deploy.Core;

namespace Deploy.Catalog;

/// <summary>What Azure offers under one model name. Compiled from <c>Data/models.json</c>, whose head names date and sources.</summary>
public sealed record CatalogModel
{
    /// <summary>The name with the registry's own casing, such as <c>Phi-4-mini-instruct</c>.</summary>
    public required ModelName Name { get; init; }

    /// <summary>The generation it belongs to, such as <c>Phi-3.5</c>.</summary>
    public required string Family { get; init; }

    public required string Publisher { get; init; }

    /// <summary>The registry that carries it; Microsoft's own is <c>azureml</c>.</summary>
    public required string Registry { get; init; }

    /// <summary>The newest version known; null when no source names one.</summary>
    public int? LatestVersion { get; init; }

    /// <summary>Whether <see cref="LatestVersion"/> comes from the registry, so that a higher one can be called wrong.</summary>
    public required bool LatestVersionIsCertain { get; init; }

    /// <summary>Tokens of prompt and answer together.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>The longest answer in tokens; null when no source names it.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What a prompt may contain: <c>text</c>, <c>image</c>, <c>audio</c>.</summary>
    public required IReadOnlyList<string> Input { get; init; }

    public required SystemRole SystemRole { get; init; }

    public required Lifecycle Lifecycle { get; init; }

    /// <summary>The model to move to; null when none is named.</summary>
    public ModelName? Successor { get; init; }

    public required ServerlessOffer Serverless { get; init; }

    public required ManagedOffer Managed { get; init; }

    /// <summary>Whether Microsoft publishes it. Models of others need a marketplace subscription before a serverless endpoint.</summary>
    public bool IsMicrosoft => string.Equals(Publisher, "Microsoft", StringComparison.OrdinalIgnoreCase);

    public bool NeedsMarketplaceSubscription => !IsMicrosoft;

    /// <summary>The model ID without a version, as serverless endpoints want it.</summary>
    public string RegistryId => $"azureml://registries/{Registry}/models/{Name}";

    /// <summary>The model ID with a version, as deployments on managed compute want it.</summary>
    public string VersionedRegistryId(string version) => $"{RegistryId}/versions/{version}";

    /// <summary>Whether a version exists: null when the catalog cannot tell.</summary>
    public bool? HasVersion(string version) =>
        !int.TryParse(version, out var number) || number < 1 ? false
        : number <= LatestVersion ? true
        : LatestVersionIsCertain ? false
        : null;
}

/// <summary>What becomes of messages with the role <c>system</c>.</summary>
public enum SystemRole
{
    Unknown,

    /// <summary>The model was trained on it.</summary>
    Native,

    /// <summary>The service hands it to the model as a user message.</summary>
    Rewritten,
}

/// <summary>How a model is offered per token.</summary>
public sealed record ServerlessOffer
{
    public required bool IsOffered { get; init; }

    /// <summary>Where it was offered, one entry per published list, oldest first; empty when no list names it.</summary>
    public required IReadOnlyList<DatedRegions> Regions { get; init; }

    /// <summary>Where Azure offers it now, by the newest list; empty when that list has dropped it.</summary>
    public IReadOnlyList<AzureLocation> CurrentRegions => Regions.Count == 0 ? [] : Regions[^1].Locations;

    /// <summary>Where it was ever offered: what the local Azure serves by default.</summary>
    public IReadOnlyList<AzureLocation> EveryRegion => [.. Regions.SelectMany(list => list.Locations).Distinct()];
}

/// <summary>The regions of one published list.</summary>
public sealed record DatedRegions(DateOnly AsOf, IReadOnlyList<AzureLocation> Locations);

/// <summary>How a model is offered on managed compute.</summary>
public sealed record ManagedOffer
{
    public required bool IsOffered { get; init; }

    /// <summary>The VM sizes the registry allows; empty when it is not known which.</summary>
    public required IReadOnlyList<string> InstanceTypes { get; init; }

    /// <summary>The least hardware one instance needs; null when not known.</summary>
    public MinimumHardware? Minimum { get; init; }

    /// <summary>Whether a VM size may carry the model: null when the catalog cannot tell.</summary>
    public bool? Allows(string instanceType) =>
        InstanceTypes.Count == 0 ? null : InstanceTypes.Contains(instanceType, StringComparer.OrdinalIgnoreCase);
}

public sealed record MinimumHardware(int VCpus, int Gpus, int MemoryGB, int DiskGB);
