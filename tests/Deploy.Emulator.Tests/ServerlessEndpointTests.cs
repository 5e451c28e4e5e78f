namespace Deploy.Emulator.Tests;

public sealed class ServerlessEndpointTests
{
    [Fact]
    public async Task Put_NewEndpoint_IsFollowedByAsyncOperationAndGoesOnline()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var made = (await cloud.PutServerlessAsync("mini")).MustBe(201);
        Assert.Equal("Creating", (string?)made.Json["properties"]!["endpointState"]);
        var poll = new Uri(made.Headers["Azure-AsyncOperation"]);
        Assert.Contains("/mfeOperationsStatus/", poll.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("Succeeded", (string?)(await cloud.SendAsync("GET", poll.PathAndQuery)).MustBe(200).Json["status"]);
        var shown = (await cloud.GetAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(200).Json["properties"]!;
        Assert.Equal("Online", (string?)shown["endpointState"]);
        Assert.Equal("Succeeded", (string?)shown["provisioningState"]);
        Assert.Equal($"{cloud.Connection.Https}serverless/eastus2/mini", (string?)shown["inferenceEndpoint"]!["uri"]);
    }

    [Fact]
    public async Task Put_OperationDelay_StaysInProgressUntilTheClockSaysSo()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock, OperationDelay = TimeSpan.FromSeconds(30) });
        await cloud.SignInAsync();
        (await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location = "eastus2" })).MustBe(201);
        var made = (await cloud.PutAsync(cloud.Resource("Microsoft.Storage/storageAccounts", "phistore"), "2024-01-01", new { location = "eastus2", sku = new { name = "Standard_LRS" }, kind = "StorageV2" })).MustBe(202);
        var poll = new Uri(made.Headers["Location"]).PathAndQuery;
        var waiting = (await cloud.SendAsync("GET", poll)).MustBe(202);
        Assert.Equal("5", waiting.Headers["Retry-After"]);
        Assert.Equal("5000", waiting.Headers["retry-after-ms"]);
        (await cloud.PutAsync(cloud.Resource("Microsoft.Storage/storageAccounts", "phistore"), "2024-01-01", new { location = "eastus2", sku = new { name = "Standard_LRS" }, kind = "StorageV2" })).MustBe(409);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("Succeeded", (string?)(await cloud.SendAsync("GET", poll)).MustBe(200).Json["properties"]!["provisioningState"]);
    }

    // Model not in region.
    [Fact]
    public async Task Put_ModelNotInRegion_SaysItAsAzureDoes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync("westus");
        var refused = (await cloud.PutServerlessAsync("mini", location: "westus")).MustBe(400);
        Assert.Equal("UserError", refused.Code);
        Assert.Equal("The requested model azureml://registries/azureml/models/Phi-3-mini-4k-instruct is not available in region West US.", refused.Message);
        Assert.Equal("ComponentName", (string?)refused.Json["error"]!["additionalInfo"]![0]!["type"]);
    }

    // Name taken in the region.
    [Fact]
    public async Task Put_NameTakenByAnotherProject_SaysItAsAzureDoes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini")).MustBe(201);
        (await cloud.PutAsync(cloud.Workspace("second"), LocalCloud.Ml, new { location = "eastus2", kind = "Project", properties = new { hubResourceId = cloud.Workspace("hub") } })).MustBe(202);
        Assert.Equal("Serverless endpoint name 'MINI' is not available. Please select a different name.", (await cloud.PutServerlessAsync("MINI", project: "second")).MustBe(400).Message);
    }

    [Fact]
    public async Task Put_SecondEndpointOfAModel_IsRefused()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("one")).MustBe(201);
        Assert.Contains("'one'", (await cloud.PutServerlessAsync("two")).MustBe(400).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_UnknownVersionedOrRetiredModel_IsRefused()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { Lifecycle = LifecycleServing.Real });
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("a", "Phi-3-small-4k-instruct")).MustBe(400);
        Assert.Contains("version", (await cloud.PutServerlessAsync("b", "Phi-4/versions/8")).MustBe(400).Message, StringComparison.Ordinal);
        Assert.Contains("not available in region East US 2", (await cloud.PutServerlessAsync("c")).MustBe(400).Message, StringComparison.Ordinal);
        (await cloud.PutServerlessAsync("d", "Phi-4")).MustBe(201);
    }

    [Fact]
    public async Task Keys_Regenerated_OpenAndClose()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini")).MustBe(201);
        var (path, key) = await cloud.EndpointAsync(cloud.Serverless("mini"));
        Assert.Matches("^[A-Za-z0-9]{32}$", key);
        (await cloud.SendAsync("GET", $"{path}/info", key: key)).MustBe(200);
        var renewed = (await cloud.SendAsync("POST", $"{cloud.Serverless("mini")}/regenerateKeys?api-version={LocalCloud.Ml}", new { keyType = "Primary", keyValue = key })).MustBe(200);
        Assert.NotEqual(key, (string?)renewed.Json["primaryKey"]);
        (await cloud.SendAsync("GET", $"{path}/info", key: key)).MustBe(401);
        (await cloud.SendAsync("GET", $"{path}/info", key: (string?)renewed.Json["primaryKey"])).MustBe(200);
    }

    [Fact]
    public async Task Patch_Tags_KeepsTheRest()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini", safety: "Disabled")).MustBe(201);
        var (_, key) = await cloud.EndpointAsync(cloud.Serverless("mini"));
        var patched = (await cloud.SendAsync("PATCH", $"{cloud.Serverless("mini")}?api-version={LocalCloud.Ml}", new { tags = new { team = "a" } })).MustBe(202);
        Assert.Contains("/mfeOperationResults/", patched.Headers["Location"], StringComparison.Ordinal);
        var shown = (await cloud.GetAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(200).Json;
        Assert.Equal("a", (string?)shown["tags"]!["team"]);
        Assert.Equal("Disabled", (string?)shown["properties"]!["contentSafety"]!["contentSafetyStatus"]);
        Assert.Equal(key, (await cloud.EndpointAsync(cloud.Serverless("mini"))).Key);
    }
}
