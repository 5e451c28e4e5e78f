using Deploy.Core;

namespace Deploy.Catalog;

/// <summary>The VM sizes of managed online endpoints, looked up without regard to case.</summary>
public sealed class VmSizes
{
    private readonly Dictionary<string, VmSize> _byName;

    internal VmSizes(IReadOnlyList<VmSize> sizes)
    {
        All = sizes;
        _byName = sizes.ToDictionary(size => size.Name, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<VmSize> All { get; }

    /// <summary>The size of a name such as <c>Standard_NC24ads_A100_v4</c>; null when there is none.</summary>
    public VmSize? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Up to three names that a misspelled one may stand for, best first.</summary>
    public IReadOnlyList<string> Suggest(string misspelled) => Spelling.Closest(misspelled, All.Select(size => size.Name), 3);
}
