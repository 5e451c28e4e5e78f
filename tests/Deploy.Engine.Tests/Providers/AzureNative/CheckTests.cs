using Deploy.Engine.Values;
using Xunit;
using static Deploy.Engine.Tests.Providers.AzureNative.ProviderFixture;

namespace Deploy.Engine.Tests.Providers.AzureNative;

public sealed class CheckTests
{
    [Fact]
    public async Task CheckAsync_NoName_DrawsOneFromTheSeed()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var inputs = (await fixture.CheckAsync("resources:ResourceGroup", "rg", Map("""{"location":"eastus2"}"""))).Inputs;

        Assert.Equal("rga0a1a2a3", inputs["resourceGroupName"].AsString());
        Assert.True(inputs["__createBeforeDelete"].AsBool());
        Assert.Equal("2024-03-01", inputs["azureApiVersion"].AsString());
    }

    [Fact]
    public async Task CheckAsync_OldName_IsKept()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var inputs = (await fixture.CheckAsync(
            "resources:ResourceGroup", "rg", Map("""{"location":"eastus2"}"""), Map("""{"resourceGroupName":"rg1","__createBeforeDelete":true,"location":"eastus2"}"""))).Inputs;

        Assert.Equal("rg1", inputs["resourceGroupName"].AsString());
        Assert.True(inputs["__createBeforeDelete"].AsBool());
    }

    [Fact]
    public async Task CheckAsync_GivenName_IsNotMarked()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var inputs = (await fixture.CheckAsync("resources:ResourceGroup", "rg", Map("""{"location":"eastus2","resourceGroupName":"mine"}"""))).Inputs;

        Assert.Equal("mine", inputs["resourceGroupName"].AsString());
        Assert.False(inputs.ContainsKey("__createBeforeDelete"));
    }

    [Fact]
    public async Task CheckAsync_RoleAssignment_NameIsAUuid()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var checkedInputs = await fixture.CheckAsync("authorization:RoleAssignment", "ra", Map("""{"principalId":"p","roleDefinitionId":"r","scope":"/subscriptions/sub-1"}"""));

        Assert.Empty(checkedInputs.Failures);
        Assert.True(Guid.TryParse(checkedInputs.Inputs["roleAssignmentName"].AsString(), out var id));
        Assert.Equal(4, id.Version);
    }

    [Fact]
    public async Task CheckAsync_ChildResource_NameIsTheLogicalName()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var inputs = (await fixture.CheckAsync("machinelearningservices:OnlineDeployment", "blue", Map("""{"endpointName":"e","resourceGroupName":"rg","workspaceName":"ws","location":"l","properties":{"endpointComputeType":"Managed"}}"""))).Inputs;

        Assert.Equal("blue", inputs["deploymentName"].AsString());
    }

    [Fact]
    public async Task CheckAsync_NoLocation_ConfiguredThenGroup()
    {
        var configured = await ProviderFixture.CreateAsync(null, ("location", "westus3"));
        var fromGroup = await ProviderFixture.CreateAsync();
        fromGroup.Arm.Resources[Group] = new() { ["location"] = "swedencentral" };
        var inputs = Map("""{"resourceGroupName":"rg","workspaceName":"hub"}""");

        Assert.Equal("westus3", (await configured.CheckAsync("machinelearningservices:Workspace", "hub", inputs)).Inputs["location"].AsString());
        Assert.Equal("swedencentral", (await fromGroup.CheckAsync("machinelearningservices:Workspace", "hub", inputs)).Inputs["location"].AsString());
        Assert.Equal("swedencentral", (await fromGroup.CheckAsync("machinelearningservices:Workspace", "hub", inputs)).Inputs["location"].AsString());
        Assert.Single(fromGroup.Arm.Requests);
    }

    [Fact]
    public async Task CheckAsync_UnknownGroup_LocationIsUnknownAndNothingFails()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var response = await fixture.CheckAsync("machinelearningservices:Workspace", "hub", PropertyMap.Create(("resourceGroupName", PropertyValue.Unknown)));

        Assert.True(response.Inputs["location"].ContainsUnknowns);
        Assert.Empty(response.Failures);
    }

    [Fact]
    public async Task CheckAsync_NoLocationAnywhere_SaysWhereToPutOne()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var failure = Assert.Single((await fixture.CheckAsync("resources:ResourceGroup", "rg", PropertyMap.Empty)).Failures);

        Assert.Equal(
            "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.", failure.Reason);
    }

    [Fact]
    public async Task CheckAsync_ManyFaults_ReportsThemAll()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var failures = (await fixture.CheckAsync("storage:StorageAccount", "My-Account-With-A-Long-Name", Map("""
            {"resourceGroupName":"rg","location":"l","sku":{},"isHnsEnabled":"yes","tagz":{}}
            """))).Failures.Select(f => f.Reason).ToList();

        Assert.Equal(
        [
            "'accountName' is too long (35): at most 24 characters allowed",
            "'accountName' does not match expression '^[a-z0-9]+$'",
            "'isHnsEnabled' should be of type 'boolean' but got 'string'",
            "missing required property 'kind'",
            "missing required property 'sku.name'",
            "'tagz' is not a property of this type",
        ], failures);
    }

    [Fact]
    public async Task CheckAsync_UnknownValues_Pass()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var inputs = Map("""{"kind":"StorageV2","location":"l","sku":{"name":"Standard_LRS"}}""").With("resourceGroupName", PropertyValue.Unknown).With("accountName", PropertyValue.Unknown);

        Assert.Empty((await fixture.CheckAsync("storage:StorageAccount", "sa", inputs)).Failures);
    }
}
