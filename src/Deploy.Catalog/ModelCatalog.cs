using Deploy.Core;

namespace Deploy.Catalog;

/// <summary>The models that Azure offers or offered, looked up without regard to case.</summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<ModelName, CatalogModel> _byName;

    internal ModelCatalog(DateOnly asOf, IReadOnlyList<CatalogModel> models)
    {
        AsOf = asOf;
        Models = models;
        _byName = models.ToDictionary(model => model.Name);
    }

    /// <summary>The date of the newest source.</summary>
    public DateOnly AsOf { get; }

    /// <summary>All models, in the order of the data file: by generation, then size.</summary>
    public IReadOnlyList<CatalogModel> Models { get; }

    /// <summary>The model of a name; null when there is none.</summary>
    public CatalogModel? Find(ModelName name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc cref="Find(ModelName)"/>
    public CatalogModel? Find(string name) => Find(new ModelName(name));

    /// <summary>The model of an ID such as <c>azureml://registries/azureml/models/Phi-4/versions/8</c>, with or without version; null when there is none.</summary>
    public CatalogModel? FindByRegistryId(string modelId) =>
        Models.FirstOrDefault(model =>
            string.Equals(modelId, model.RegistryId, StringComparison.OrdinalIgnoreCase)
            || modelId.StartsWith(model.RegistryId + "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>Up to three names that a misspelled one may stand for, best first.</summary>
    public IReadOnlyList<ModelName> Suggest(string misspelled) =>
        [.. Spelling.Closest(misspelled, Models.Select(model => model.Name.Value), 3).Select(name => new ModelName(name))];
}
