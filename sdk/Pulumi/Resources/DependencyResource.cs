namespace Pulumi;

/// <summary>Stands for a resource of which only the URN (and perhaps the id) is known here.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn, string? id = null)
        : base(Pulumi.Urn.TypeOf(urn), Pulumi.Urn.NameOf(urn), dependency: true)
    {
        var resources = OutputData.NoResources.Add(this);
        Urn = new(new OutputData<string>(resources, urn, IsKnown: true, IsSecret: false));
        Id = new(new OutputData<string>(resources, id ?? "", IsKnown: !string.IsNullOrEmpty(id), IsSecret: false));
    }
}

/// <summary>Stands for a provider instance that came as a reference.</summary>
internal sealed class DependencyProviderResource : ProviderResource
{
    public DependencyProviderResource(string urn, string id)
        : base(urn)
    {
        var resources = OutputData.NoResources.Add(this);
        Urn = new(new OutputData<string>(resources, urn, IsKnown: true, IsSecret: false));
        Id = new(new OutputData<string>(resources, id, IsKnown: id.Length > 0, IsSecret: false));
    }
}
