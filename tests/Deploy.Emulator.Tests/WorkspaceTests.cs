namespace Deploy.Emulator.Tests;

public sealed class WorkspaceTests
{
    [Fact]
    public async Task Put_HubAndProject_ProduceWhatAzureProduces()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var hub = (await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(200).Json;
        Assert.Equal("Succeeded", (string?)hub["properties"]!["provisioningState"]);
        Assert.Equal("Microsoft.MachineLearningServices/workspaces", (string?)hub["type"]);
        Assert.Equal(cloud.Workspace("hub"), (string?)hub["id"]);
        Assert.True(Guid.TryParse((string?)hub["identity"]!["principalId"], out _));
        Assert.True(Guid.TryParse((string?)hub["properties"]!["workspaceId"], out _));
        Assert.Equal(cloud.Workspace("project"), (string?)hub["properties"]!["associatedWorkspaces"]![0]);
        var project = (await cloud.GetAsync(cloud.Workspace("project"), LocalCloud.Ml)).MustBe(200).Json;
        Assert.Equal((string?)hub["properties"]!["storageAccount"], (string?)project["properties"]!["storageAccount"]);
        Assert.Equal(cloud.Connection.ClientId, (string?)project["systemData"]!["createdBy"]);
    }

    [Fact]
    public async Task Put_Hub_IsFollowedByLocation()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var made = (await cloud.PutAsync(cloud.Workspace("hub2"), LocalCloud.Ml, cloud.HubBody())).MustBe(202);
        Assert.Equal("Creating", (string?)made.Json["properties"]!["provisioningState"]);
        var polled = (await cloud.SendAsync("GET", new Uri(made.Headers["Location"]).PathAndQuery)).MustBe(200);
        Assert.Equal("Succeeded", (string?)polled.Json["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task Put_HubWithoutOrWithMissingDependencies_IsRefused()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var bare = (await cloud.PutAsync(cloud.Workspace("bare"), LocalCloud.Ml, new { location = "eastus2", kind = "hub" })).MustBe(400);
        Assert.Contains("storageAccount, keyVault", bare.Message, StringComparison.Ordinal);
        var dangling = new { location = "eastus2", kind = "Hub", properties = new { storageAccount = cloud.Resource("Microsoft.Storage/storageAccounts", "nothere"), keyVault = cloud.Resource("Microsoft.KeyVault/vaults", "phi-vault") } };
        Assert.Contains("nothere", (await cloud.PutAsync(cloud.Workspace("bare"), LocalCloud.Ml, dangling)).MustBe(400).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ProjectOfNoHub_IsRefused()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var body = new { location = "eastus2", kind = "Project", properties = new { hubResourceId = cloud.Workspace("project") } };
        Assert.Contains("could not be found", (await cloud.PutAsync(cloud.Workspace("orphan"), LocalCloud.Ml, body)).MustBe(400).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Hub_TakesProjectsAndEndpointsAlong()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini")).MustBe(201);
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
        (await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(404);
        Assert.Equal("ResourceNotFound", (await cloud.GetAsync(cloud.Workspace("project"), LocalCloud.Ml)).MustBe(404).Code);
        (await cloud.GetAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(404);
    }

    // The name of a deleted workspace.
    [Fact]
    public async Task Put_SoftDeletedName_IsRefusedUntilPurged()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
        var refused = (await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, cloud.HubBody())).MustBe(400);
        Assert.Equal("BadRequest", refused.Code);
        Assert.Equal("Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete", refused.Message);
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml, "&forceToPurge=true")).MustBe(200);
        (await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, cloud.HubBody())).MustBe(202);
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml, "&forceToPurge=true")).MustBe(202);
        (await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, cloud.HubBody())).MustBe(202);
    }
}
