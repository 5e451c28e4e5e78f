using Azure.Core;
using Xunit;

namespace Deploy.Catalog.Tests;

public sealed class ModelRegistriesTests
{
    private static readonly ModelRegistries Registries = AzureCatalog.Default.Registries;

    [Fact]
    public void FindByModelId_RegistryThatIsNotEverywhere_NamesItsRegions()
    {
        var registry = Registries.FindByModelId("azureml://registries/huggingface/models/phi/versions/1")!;
        Assert.Equal("HuggingFace", registry.Name);
        Assert.Contains(new AzureLocation("eastus2"), registry.Regions);
        Assert.DoesNotContain(new AzureLocation("spaincentral"), registry.Regions);
    }

    [Theory]
    [InlineData("azureml://registries/azureml/models/Phi-4/versions/8")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/models/m/versions/1")]
    [InlineData("")]
    public void FindByModelId_NothingKnownAgainstIt_IsNull(string modelId) => Assert.Null(Registries.FindByModelId(modelId));
}
