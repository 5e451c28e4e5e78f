using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.Values;
using Xunit;
using static Deploy.Engine.Tests.Providers.AzureNative.ProviderFixture;

namespace Deploy.Engine.Tests.Providers.AzureNative;

public sealed class InvokeTests
{
    [Fact]
    public async Task InvokeAsync_ClientConfig_TellsWhoIsSignedIn()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var result = await InvokeAsync(fixture, "authorization:getClientConfig", PropertyMap.Empty);

        Assert.Equal(Map("""{"clientId":"client-1","objectId":"object-1","subscriptionId":"sub-1","tenantId":"tenant-1"}"""), result);
    }

    [Fact]
    public async Task InvokeAsync_ListKeys_PostsAndReturnsThem()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Answer($"POST {Ml}/ws/serverlessEndpoints/e/listKeys", 200, """{"primaryKey":"k1","secondaryKey":"k2"}""");

        var result = await InvokeAsync(fixture, "machinelearningservices:listServerlessEndpointKeys", Map("""{"name":"e","resourceGroupName":"rg","workspaceName":"ws"}"""));

        Assert.Equal("k1", result["primaryKey"].AsString());
        Assert.Equal("2025-12-01", Assert.Single(fixture.Arm.Requests).ApiVersion);
    }

    [Fact]
    public async Task InvokeAsync_QueryArgument_TravelsUnderItsWireName()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Answer($"POST {Group}/providers/Microsoft.Storage/storageAccounts/sa/listKeys", 200, """{"keys":[{"keyName":"key1","value":"v"}]}""");

        var result = await InvokeAsync(fixture, "storage:listStorageAccountKeys", Map("""{"accountName":"sa","resourceGroupName":"rg","expand":"kerb"}"""));

        Assert.Equal("kerb", Assert.Single(fixture.Arm.Requests).Query["$expand"]);
        Assert.Equal("v", result["keys"].AsList()![0].AsMap()!["value"].AsString());
    }

    [Fact]
    public async Task InvokeAsync_Getter_ReturnsTheResourcesOutputs()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[$"{Ml}/ws"] = (JsonObject)JsonNode.Parse("""{"id":"/w","name":"ws","properties":{"friendlyName":"F"}}""")!;

        var result = await InvokeAsync(fixture, "machinelearningservices:getWorkspace", Map("""{"resourceGroupName":"rg","workspaceName":"ws"}"""));

        Assert.Equal(("F", "/w", "2025-12-01"), (result["friendlyName"].AsString(), result["id"].AsString(), result["azureApiVersion"].AsString()));
    }

    [Theory]
    [InlineData("storage:getBlob", "{}", "DEP3803", "getBlob")]
    [InlineData("machinelearningservices:getWorkspace", """{"resourceGroupName":"rg"}""", "DEP3807", "workspaceName")]
    [InlineData("machinelearningservices:getWorkspace", """{"resourceGroupName":"rg","workspaceName":"none"}""", "DEP2008", "ResourceNotFound")]
    public async Task InvokeAsync_CannotBeAnswered_FailsByName(string token, string args, string code, string named)
    {
        var fixture = await ProviderFixture.CreateAsync();

        var exception = await Assert.ThrowsAsync<DeployException>(() => InvokeAsync(fixture, token, Map(args)));

        Assert.Equal(code, exception.Error.Code);
        Assert.Contains(named, exception.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_UnknownType_FailsByName()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var exception = await Assert.ThrowsAsync<DeployException>(() => fixture.CheckAsync("compute:VirtualMachine", "vm", PropertyMap.Empty));

        Assert.Contains("compute:VirtualMachine", exception.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<PropertyMap> InvokeAsync(ProviderFixture fixture, string token, PropertyMap args) =>
        (await fixture.Provider.InvokeAsync(new InvokeRequest { Token = "azure-native:" + token, Args = args, Preview = false }, Token)).Return;
}
