using System.Text.Json;
using Deploy.Core;
using Deploy.Environments.Settings;
using Xunit;

namespace Deploy.Environments.Tests;

public sealed class ContractTests
{
    private static readonly EndpointContract Endpoint = new()
    {
        Name = "medium",
        Project = "assistants",
        Compute = ComputeKind.Managed,
        Model = "Phi-4",
        ModelVersion = "8",
        Uri = "https://medium-1.eastus2.inference.ml.azure.com",
        ResourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/medium-1",
        Auth = AuthMode.AmlToken,
        ContentSafety = ContentSafety.Disabled,
        Deployments = ["main"],
    };

    [Fact]
    public void ToJson_Endpoint_HasExactlyTheNamesOfTheContract() => Assert.Equal(
        ["name", "project", "compute", "model", "modelVersion", "uri", "resourceId", "auth", "contentSafety", "deployments"],
        Endpoint.ToJson().EnumerateObject().Select(property => property.Name));

    [Fact]
    public void ToDictionary_Endpoint_IsTheSameDocumentAsToJson() =>
        Assert.True(JsonElement.DeepEquals(Endpoint.ToJson(), JsonSerializer.SerializeToElement(Endpoint.ToDictionary())));

    [Fact]
    public void ReadList_OfToJson_GivesTheSame()
    {
        var read = Assert.Single(EndpointContract.ReadList(JsonSerializer.SerializeToElement(new[] { Endpoint.ToJson() })));
        Assert.True(JsonElement.DeepEquals(Endpoint.ToJson(), read.ToJson()));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""[{"name":"a"}]""")]
    public void ReadList_OtherShape_IsAnErrorWithCode(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal("DEP1016", Assert.Throws<DeployException>(() => EndpointContract.ReadList(document.RootElement)).Error.Code);
    }

    [Fact]
    public void EndpointName_SameEnvironment_IsStable() =>
        Assert.Equal(Name("11111111-2222-3333-4444-55555555555a", "dev", "p", "mini"), Name("11111111-2222-3333-4444-55555555555A", "dev", "p", "mini"));

    [Fact]
    public void EndpointName_AnyOtherPart_IsAnotherName()
    {
        string[] names = [Name("s", "dev", "p", "mini"), Name("t", "dev", "p", "mini"), Name("s", "prod", "p", "mini"), Name("s", "dev", "q", "mini"), Name("s", "de", "vp", "mini")];
        Assert.Distinct(names);
    }

    [Fact]
    public void EndpointName_LongestAllowed_FitsAzure()
    {
        var name = Name("s", "dev", "p", new string('a', Naming.EndpointNameLengthInSettings));
        Assert.Equal(Naming.EndpointNameLength, name.Length);
        Assert.True(Naming.IsWellFormed(name));
    }

    private static string Name(string subscription, string stack, string project, string endpoint) =>
        Naming.EndpointName(subscription, StackName.TryParse(stack)!, project, endpoint);
}
