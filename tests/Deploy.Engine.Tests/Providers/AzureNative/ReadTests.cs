using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.Values;
using Xunit;
using static Deploy.Engine.Tests.Providers.AzureNative.ProviderFixture;

namespace Deploy.Engine.Tests.Providers.AzureNative;

public sealed class ReadTests
{
    private const string Type = "machinelearningservices:ServerlessEndpoint";
    private const string Id = $"{Ml}/ws/serverlessEndpoints/mini";

    private static readonly PropertyMap Inputs = Map("""
        {"resourceGroupName":"rg","workspaceName":"ws","name":"mini","location":"eastus2","azureApiVersion":"2025-12-01",
         "properties":{"authMode":"Key","modelSettings":{"modelId":"azureml://m"}}}
        """);

    private static readonly PropertyMap Outputs = Map("""
        {"id":"/x","name":"mini","location":"eastus2","azureApiVersion":"2025-12-01","sku":{"name":"Consumption"},
         "properties":{"authMode":"Key","modelSettings":{"modelId":"azureml://m"},"contentSafety":{"contentSafetyStatus":"Enabled"},"provisioningState":"Succeeded"}}
        """);

    private static JsonObject Body(string safety) => (JsonObject)JsonNode.Parse($$$"""
        {"id":"{{{Id}}}","name":"mini","location":"eastus2","sku":{"name":"Consumption"},
         "properties":{"authMode":"Key","modelSettings":{"modelId":"azureml://m"},"contentSafety":{"contentSafetyStatus":"{{{safety}}}"},"provisioningState":"Succeeded"}}
        """)!;

    [Fact]
    public async Task ReadAsync_Missing_IsNull()
    {
        var fixture = await ProviderFixture.CreateAsync();

        Assert.Null(await fixture.Provider.ReadAsync(new ReadRequest { Urn = UrnOf(Type, "mini"), Id = Id, Inputs = Inputs }, Token));
    }

    [Fact]
    public async Task ReadAsync_Unchanged_ServiceDefaultsStayOutOfTheInputs()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[Id] = Body("Enabled");

        var read = await fixture.Provider.ReadAsync(new ReadRequest { Urn = UrnOf(Type, "mini"), Id = Id, Inputs = Inputs, Outputs = Outputs }, Token);

        Assert.Equal(Inputs, read!.Inputs);
        Assert.Equal("Consumption", read.Outputs["sku"].AsMap()!["name"].AsString());
    }

    [Fact]
    public async Task ReadAsync_ChangedInTheCloud_OnlyTheChangeEntersTheInputs()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[Id] = Body("Disabled");

        var read = await fixture.Provider.ReadAsync(new ReadRequest { Urn = UrnOf(Type, "mini"), Id = Id, Inputs = Inputs, Outputs = Outputs }, Token);

        var properties = read!.Inputs["properties"].AsMap()!;
        Assert.Equal("Disabled", properties["contentSafety"].AsMap()!["contentSafetyStatus"].AsString());
        Assert.False(read.Inputs.ContainsKey("sku"));
    }

    [Fact]
    public async Task ReadAsync_Import_TakesNamesFromTheIdAndDropsReadOnly()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[Id] = Body("Enabled");

        var read = await fixture.Provider.ReadAsync(new ReadRequest { Urn = UrnOf(Type, "mini"), Id = Id }, Token);

        Assert.Equal(("rg", "ws", "mini"), (read!.Inputs["resourceGroupName"].AsString(), read.Inputs["workspaceName"].AsString(), read.Inputs["name"].AsString()));
        Assert.False(read.Inputs["properties"].AsMap()!.ContainsKey("provisioningState"));
    }

    [Fact]
    public async Task ReadAsync_ImportOfAnotherKindOfId_IsRefused()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[Group] = Body("Enabled");

        var exception = await Assert.ThrowsAsync<DeployException>(() => fixture.Provider.ReadAsync(new ReadRequest { Urn = UrnOf(Type, "mini"), Id = Group }, Token));

        Assert.Equal("DEP3805", exception.Error.Code);
    }

    [Fact]
    public async Task RecoverAsync_CreationEnded_IsCompletedWithTheDerivedId()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[Id] = Body("Enabled");

        var recovered = await fixture.Provider.RecoverAsync(
            new RecoverRequest { Urn = UrnOf(Type, "mini"), Operation = InterruptedOperation.Create, Inputs = Inputs, PollUrl = new Uri("https://management.azure.com/ops/1") }, Token);

        Assert.Equal((Id, true), (recovered!.Id, recovered.Completed));
        Assert.Empty(recovered.InitErrors);
    }

    [Fact]
    public async Task RecoverAsync_OperationFailed_SaysWhy()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[Id] = Body("Enabled");
        fixture.Arm.Operation($"PUT {Id}", ArmOperationStatus.Failed, 200, "OutOfQuota", "no cores");

        var recovered = await fixture.Provider.RecoverAsync(
            new RecoverRequest { Urn = UrnOf(Type, "mini"), Operation = InterruptedOperation.Create, Inputs = Inputs, PollUrl = new Uri("https://management.azure.com/ops/1") }, Token);

        Assert.False(recovered!.Completed);
        Assert.Contains("no cores", Assert.Single(recovered.InitErrors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecoverAsync_NeverAccepted_IsNullOrUncertain()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var request = new RecoverRequest { Urn = UrnOf(Type, "mini"), Operation = InterruptedOperation.Create, Inputs = Inputs };

        Assert.Null(await fixture.Provider.RecoverAsync(request, Token));
        fixture.Arm.Resources[Id] = Body("Enabled");
        Assert.False((await fixture.Provider.RecoverAsync(request, Token))!.Completed);
    }
}
