using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.Tests.DataPlane;

namespace Deploy.Emulator.Tests.Hosting;

public sealed class SeedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_SnapshotOfAnotherStore_CreatesAllOfIt()
    {
        await using var endpoint = await Endpoints.ManagedAsync();
        var snapshot = await endpoint.Cloud.Azure.Management.SnapshotAsync(Cancel);
        await using var cloud = await LocalCloud.StartAsync();
        Assert.Equal(7, await LocalAzureSeed.ApplyAsync(cloud.Connection, snapshot, Cancel));
        await cloud.SignInAsync();
        var (path, key) = await cloud.EndpointAsync(cloud.Online("medium"));
        (await cloud.SendAsync("POST", $"{path}/chat/completions", new { messages = Endpoints.Ask("1 + 1") }, key)).MustBe(200);
        Assert.Equal(7, await LocalAzureSeed.ApplyAsync(cloud.Connection, snapshot, Cancel));
    }

    [Fact]
    public async Task Apply_WhatIsNeededComesLater_IsWaitedFor()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var content = JsonNode.Parse("""
            { "resources": [
              { "id": "resourceGroups/g/providers/Microsoft.Storage/storageAccounts/seeded", "body": { "location": "eastus2", "sku": { "name": "Standard_LRS" }, "kind": "StorageV2" } },
              { "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g", "apiVersion": "2024-03-01", "body": { "location": "eastus2" } } ] }
            """)!.AsObject();
        Assert.Equal(2, await LocalAzureSeed.ApplyAsync(cloud.Connection, content, Cancel));
        Assert.Equal(2, (await cloud.Azure.Management.ResourcesAsync(Cancel))["resources"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{ "resources": [{ "id": "resourceGroups/g/providers/Microsoft.Storage/storageAccounts/x", "body": {} }] }""", "DEP6009", "ResourceGroupNotFound")]
    [InlineData("""{ "resources": [{ "id": "resourceGroups/g/providers/No.Such/things/x", "body": {} }] }""", "DEP6008", "there is no type 'No.Such/things'")]
    [InlineData("""{ "resources": [{ "id": "resourceGroups" , "body": {} }] }""", "DEP6008", "not the id of a resource")]
    [InlineData("""{ "resources": [{ "body": {} }] }""", "DEP6008", "resources[0] needs an 'id'")]
    [InlineData("""{ }""", "DEP6008", "needs resources")]
    public async Task Apply_Wrong_SaysWhichAndWhy(string content, string code, string message)
    {
        await using var cloud = await LocalCloud.StartAsync();
        var thrown = await Assert.ThrowsAsync<DeployException>(() => LocalAzureSeed.ApplyAsync(cloud.Connection, JsonNode.Parse(content)!.AsObject(), Cancel));
        Assert.Equal(code, thrown.Error.Code);
        Assert.Contains(message, thrown.Error.Message, StringComparison.Ordinal);
    }
}
