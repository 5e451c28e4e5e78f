namespace Deploy.Catalog;

/// <summary>Everything the toolkit knows about Azure's offer without asking Azure.</summary>
public sealed record AzureCatalog
{
    private static readonly Lazy<AzureCatalog> Embedded = new(CatalogFiles.ReadEmbedded);

    public required ModelCatalog Models { get; init; }

    public required VmSizes VmSizes { get; init; }

    public required Limits Limits { get; init; }

    public required Regions Regions { get; init; }

    public required ModelRegistries Registries { get; init; }

    /// <summary>The data compiled into this assembly; read once, immutable.</summary>
    public static AzureCatalog Default => Embedded.Value;

    /// <summary>The same catalog with other models.</summary>
    /// <param name="modelsJson">Text in the shape of <c>Data/models.json</c>.</param>
    public AzureCatalog WithModels(string modelsJson) => this with { Models = CatalogFiles.ReadModels(modelsJson) };
}
