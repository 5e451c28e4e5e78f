using Azure.Core;
using Deploy.Catalog;
using Deploy.Core;
using Xunit;

namespace Deploy.Catalog.Tests;

public sealed class ModelCatalogTests
{
    private static readonly ModelCatalog Models = AzureCatalog.Default.Models;

    [Fact]
    public void Find_OtherCasing_GivesRegistryCasing() => Assert.Equal("Phi-3-mini-4k-instruct", Models.Find("phi-3-MINI-4k-instruct")!.Name.Value);

    [Fact]
    public void Find_SmallWith4k_IsNull() => Assert.Null(Models.Find("Phi-3-small-4k-instruct"));

    [Theory]
    [InlineData("Phi-3-small-4k-instruct", "Phi-3-small-8k-instruct")]
    [InlineData("phi4", "Phi-4")]
    [InlineData("Phi-4-mini-instuct", "Phi-4-mini-instruct")]
    public void Suggest_Misspelled_GivesMeant(string misspelled, string meant) => Assert.Contains(new ModelName(meant), Models.Suggest(misspelled));

    [Fact]
    public void Suggest_Unrelated_GivesNothing() => Assert.Empty(Models.Suggest("x"));

    [Theory]
    [InlineData("2025-06-08", LifecycleStage.Current)]
    [InlineData("2025-06-09", LifecycleStage.Legacy)]
    [InlineData("2025-06-30", LifecycleStage.Deprecated)]
    [InlineData("2025-08-29", LifecycleStage.Deprecated)]
    [InlineData("2025-08-30", LifecycleStage.Retired)]
    public void At_DatesOfPhi3_ChangesOnTheDay(string day, LifecycleStage stage) =>
        Assert.Equal(stage, Models.Find("Phi-3-mini-4k-instruct")!.Lifecycle.At(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void At_MomentInOtherZone_CountsInUtc() =>
        Assert.Equal(LifecycleStage.Deprecated, Models.Find("Phi-3.5-mini-instruct")!.Lifecycle.At(new DateTimeOffset(2025, 8, 30, 1, 0, 0, TimeSpan.FromHours(2))));

    [Fact]
    public void At_Phi4_IsCurrent() => Assert.Equal(LifecycleStage.Current, Models.Find("Phi-4")!.Lifecycle.At(new DateOnly(2026, 11, 23)));

    [Fact]
    public void Successor_EveryRetiredModel_IsACurrentModelOfTheCatalog() => Assert.All(
        Models.Models.Where(model => model.Lifecycle.Retired is not null),
        model => Assert.Null(Models.Find(model.Successor!.Value)!.Lifecycle.Legacy));

    [Fact]
    public void InstanceTypes_EveryModel_AreKnownSizesThatMeetTheMinimum() => Assert.All(Models.Models, model =>
        Assert.All(model.Managed.InstanceTypes, name =>
        {
            var size = AzureCatalog.Default.VmSizes.Find(name);
            Assert.NotNull(size);
            Assert.True(size.VCpus >= model.Managed.Minimum!.VCpus && size.Gpus >= model.Managed.Minimum.Gpus && size.MemoryGB >= model.Managed.Minimum.MemoryGB, $"{model.Name} on {name}");
        }));

    [Fact]
    public void Regions_EveryList_NamesKnownRegions() => Assert.All(
        Models.Models.SelectMany(model => model.Serverless.EveryRegion), region => Assert.NotNull(AzureCatalog.Default.Regions.Find(region)));

    [Fact]
    public void Regions_Phi3_WereTwoAndAreNone()
    {
        var offer = Models.Find("Phi-3-medium-128k-instruct")!.Serverless;
        Assert.Empty(offer.CurrentRegions);
        Assert.Equal([new AzureLocation("eastus2"), new AzureLocation("swedencentral")], offer.EveryRegion);
    }

    [Theory]
    [InlineData("Phi-3-medium-128k-instruct", "7", true)]
    [InlineData("Phi-3-medium-128k-instruct", "8", false)]
    [InlineData("Phi-3-medium-128k-instruct", "latest", false)]
    [InlineData("Phi-3-medium-128k-instruct", "0", false)]
    [InlineData("Phi-4-mini-instruct", "3", null)]
    [InlineData("Phi-4-reasoning", "1", null)]
    public void HasVersion_ByName_TellsUnknownFromWrong(string model, string version, bool? expected) => Assert.Equal(expected, Models.Find(model)!.HasVersion(version));

    [Theory]
    [InlineData("azureml://registries/azureml/models/Phi-4", "Phi-4")]
    [InlineData("azureml://registries/azureml/models/phi-4-mini-instruct/versions/1", "Phi-4-mini-instruct")]
    [InlineData("azureml://registries/azureml/models/Phi-4-mini", null)]
    public void FindByRegistryId_WithAndWithoutVersion_GivesModel(string id, string? name) => Assert.Equal(name, Models.FindByRegistryId(id)?.Name.Value);

    [Fact]
    public void WithModels_PartnerModel_NeedsMarketplaceSubscription()
    {
        const string json = """
            { "asOf": "2026-01-01", "sources": "test", "models": [ { "name": "Other-7B", "family": "Other", "publisher": "Somebody", "registry": "azureml-somebody", "versionSource": "documentation",
              "contextTokens": 1000, "input": ["text"], "systemRole": "native", "lifecycle": {}, "serverless": { "offered": true, "regions": [] }, "managed": { "offered": false, "instanceTypes": [] } } ] }
            """;
        var model = Assert.Single(AzureCatalog.Default.WithModels(json).Models.Models);
        Assert.True(model.NeedsMarketplaceSubscription);
        Assert.Equal("azureml://registries/azureml-somebody/models/Other-7B", model.RegistryId);
    }

    [Fact]
    public void WithModels_UnknownProperty_IsRefused() =>
        Assert.Throws<System.Text.Json.JsonException>(() => AzureCatalog.Default.WithModels("""{ "asOf": "2026-01-01", "sources": "test", "models": [], "modles": [] }"""));
}
