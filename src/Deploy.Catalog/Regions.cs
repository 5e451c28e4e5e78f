using Azure.Core;
using Deploy.Core;

namespace Deploy.Catalog;

/// <summary>The regions of Azure's clouds that the catalog knows. New ones open; not to be listed is a warning, never a fault.</summary>
public sealed class Regions
{
    private readonly Dictionary<AzureLocation, Region> _byName;

    internal Regions(IReadOnlyList<Region> regions)
    {
        All = regions;
        _byName = regions.ToDictionary(region => region.Location);
    }

    public IReadOnlyList<Region> All { get; }

    /// <summary>The region of a location; null when the catalog does not know it.</summary>
    public Region? Find(AzureLocation location) => _byName.GetValueOrDefault(location);

    /// <summary>Up to three names that a misspelled one may stand for, best first.</summary>
    public IReadOnlyList<string> Suggest(string misspelled) => Spelling.Closest(misspelled, All.Select(region => region.Location.Name), 3);
}

/// <param name="Location">Such as <c>eastus2</c>.</param>
/// <param name="DisplayName">Such as <c>East US 2</c>, as error messages of Azure print it.</param>
/// <param name="Cloud"><c>public</c>, <c>usGovernment</c> or <c>china</c>.</param>
public sealed record Region(AzureLocation Location, string DisplayName, string Cloud);
