using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Azure.Core;
using Deploy.Core;

namespace Deploy.Catalog;

/// <summary>Reads the data files into the typed catalog; an unknown property or a missing one fails the read.</summary>
internal static partial class CatalogFiles
{
    public static AzureCatalog ReadEmbedded() => new()
    {
        Models = ReadModels(Embedded("models.json")),
        VmSizes = new VmSizes([.. Read(Embedded("vm-sizes.json"), FileContext.Default.SizesFile).Sizes.Select(row =>
            new VmSize(row.Name, row.Family, row.VCpus, row.Gpus, row.MemoryGB, row.ReserveExempt))]),
        Limits = ReadLimits(Embedded("limits.json")),
        Regions = new Regions([.. Read(Embedded("regions.json"), FileContext.Default.RegionsFile).Regions.Select(row =>
            new Region(new AzureLocation(row.Name), row.DisplayName, row.Cloud))]),
        Registries = new ModelRegistries([.. Read(Embedded("registries.json"), FileContext.Default.RegistriesFile).Registries.Select(row =>
            new ModelRegistry(row.Name, [.. row.Regions.Select(name => new AzureLocation(name))]))]),
    };

    public static ModelCatalog ReadModels(string json)
    {
        var file = Read(json, FileContext.Default.ModelsFile);
        return new ModelCatalog(file.AsOf, [.. file.Models.Select(ToModel)]);
    }

    private static Limits ReadLimits(string json)
    {
        var file = Read(json, FileContext.Default.LimitsFile);
        return new Limits
        {
            Serverless = file.Serverless,
            Managed = file.Managed,
            EndpointNameLength = file.EndpointNameLength,
            WorkspaceNameLength = file.WorkspaceNameLength,
            RoleAssignmentsPerSubscription = file.RoleAssignmentsPerSubscription,
        };
    }

    private static CatalogModel ToModel(ModelRow row) => new()
    {
        Name = new ModelName(row.Name),
        Family = row.Family,
        Publisher = row.Publisher,
        Registry = row.Registry,
        LatestVersion = row.LatestVersion,
        LatestVersionIsCertain = row is { LatestVersion: not null, VersionSource: "catalog" },
        ContextTokens = row.ContextTokens,
        MaxOutputTokens = row.MaxOutputTokens,
        Input = row.Input,
        SystemRole = row.SystemRole,
        Lifecycle = row.Lifecycle,
        Successor = row.Successor is null ? null : new ModelName(row.Successor),
        Serverless = new ServerlessOffer
        {
            IsOffered = row.Serverless.Offered,
            Regions = [.. row.Serverless.Regions.Select(list => new DatedRegions(list.AsOf, [.. list.Locations.Select(name => new AzureLocation(name))]))],
        },
        Managed = new ManagedOffer { IsOffered = row.Managed.Offered, InstanceTypes = row.Managed.InstanceTypes, Minimum = row.Managed.Minimum },
    };

    private static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException($"Expected the data of {typeof(T).Name}, found null.");

    private static string Embedded(string file)
    {
        var name = $"Deploy.Catalog.Data.{file}";
        using var stream = typeof(CatalogFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly carries no resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record ModelsFile(DateOnly AsOf, string Sources, IReadOnlyList<ModelRow> Models);

    private sealed record ModelRow(
        string Name,
        string Family,
        string Publisher,
        string Registry,
        string VersionSource,
        int ContextTokens,
        IReadOnlyList<string> Input,
        SystemRole SystemRole,
        Lifecycle Lifecycle,
        ServerlessRow Serverless,
        ManagedRow Managed,
        int? LatestVersion = null,
        int? MaxOutputTokens = null,
        string? Successor = null);

    private sealed record ServerlessRow(bool Offered, IReadOnlyList<RegionsRow> Regions);

    private sealed record RegionsRow(DateOnly AsOf, IReadOnlyList<string> Locations);

    private sealed record ManagedRow(bool Offered, IReadOnlyList<string> InstanceTypes, MinimumHardware? Minimum = null);

    private sealed record SizesFile(DateOnly AsOf, string Sources, IReadOnlyList<SizeRow> Sizes);

    private sealed record SizeRow(string Name, string Family, int VCpus, int Gpus, int MemoryGB, bool ReserveExempt);

    private sealed record LimitsFile(
        DateOnly AsOf,
        string Sources,
        ServerlessLimits Serverless,
        ManagedLimits Managed,
        LengthRange EndpointNameLength,
        LengthRange WorkspaceNameLength,
        int RoleAssignmentsPerSubscription);

    private sealed record RegionsFile(DateOnly AsOf, IReadOnlyList<RegionRow> Regions);

    private sealed record RegionRow(string Name, string DisplayName, string Cloud);

    private sealed record RegistriesFile(DateOnly AsOf, string Sources, IReadOnlyList<RegistryRow> Registries);

    private sealed record RegistryRow(string Name, IReadOnlyList<string> Regions);

    // Every command reads these files, and reflection over them would be a good part of its start.
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(ModelsFile))]
    [JsonSerializable(typeof(SizesFile))]
    [JsonSerializable(typeof(LimitsFile))]
    [JsonSerializable(typeof(RegionsFile))]
    [JsonSerializable(typeof(RegistriesFile))]
    private sealed partial class FileContext : JsonSerializerContext;
}
