using Azure.Core;

namespace Deploy.Catalog;

/// <summary>Registries of models that are not everywhere. Compiled from <c>Data/registries.json</c>, whose head names date and source.</summary>
public sealed class ModelRegistries
{
    private readonly Dictionary<string, ModelRegistry> _byName;

    internal ModelRegistries(IReadOnlyList<ModelRegistry> registries) => _byName = registries.ToDictionary(registry => registry.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The registry of a name; null when nothing says that it is missing anywhere.</summary>
    public ModelRegistry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The registry of an ID such as <c>azureml://registries/HuggingFace/models/x/versions/1</c>; null when nothing says that it is missing anywhere, or the ID names no registry.</summary>
    public ModelRegistry? FindByModelId(string modelId) => modelId.Split('/') is ["azureml:", "", "registries", { } name, ..] ? Find(name) : null;
}

/// <param name="Name">Such as <c>HuggingFace</c>.</param>
/// <param name="Regions">Where its models can be deployed, in the order in which the service prints them.</param>
public sealed record ModelRegistry(string Name, IReadOnlyList<AzureLocation> Regions);
