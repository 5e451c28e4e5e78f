using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.Tests.DataPlane;
using static Deploy.Emulator.Tests.DataPlane.Endpoints;

namespace Deploy.Emulator.Tests.Hosting;

public sealed class ManagementTests : IAsyncLifetime
{
    private LocalCloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LocalAzureManagement Management => _cloud.Azure.Management;

    public async ValueTask InitializeAsync() => _cloud = await LocalCloud.StartAsync();

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();

    [Theory]
    [InlineData("GET", "status")]
    [InlineData("GET", "resources")]
    [InlineData("GET", "operations")]
    [InlineData("GET", "requests")]
    [InlineData("GET", "snapshot")]
    [InlineData("GET", "faults")]
    [InlineData("GET", "faults/hits")]
    [InlineData("GET", "clock")]
    [InlineData("POST", "clock")]
    [InlineData("POST", "faults")]
    [InlineData("DELETE", "faults")]
    [InlineData("POST", "restore")]
    [InlineData("POST", "reset")]
    [InlineData("POST", "stop")]
    public async Task EveryRoute_WithoutTheKeyOrOverHttp_IsRefused(string method, string route)
    {
        await _cloud.SignInAsync();
        (await _cloud.SendAsync(method, $"/.local/{route}")).MustBe(401);
        (await _cloud.SendAsync(method, $"/.local/{route}", headers: ("x-local-key", "wrong"))).MustBe(401);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_cloud.Connection.Http, $"/.local/{route}"));
        request.Headers.Add("x-local-key", _cloud.Connection.ClientSecret);
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(403, (int)response.StatusCode);
    }

    [Fact]
    public async Task ResourcesAndRequests_ShowWhatIsThereWithoutKeys()
    {
        await _cloud.WithProjectAsync();
        (await _cloud.PutServerlessAsync("mini")).MustBe(201);
        var (path, key) = await _cloud.EndpointAsync(_cloud.Serverless("mini"));
        (await _cloud.SendAsync("GET", $"{path}/info", key: key)).MustBe(200);
        var resources = (await Management.ResourcesAsync(Cancel))["resources"]!.AsArray();
        Assert.Equal(6, resources.Count);
        Assert.Equal("Succeeded", (string?)resources.Single(resource => (string?)resource!["name"] == "mini")!["provisioningState"]);
        var requests = await Management.RequestsAsync(3, Cancel);
        Assert.Equal(3, requests["requests"]!.AsArray().Count);
        Assert.DoesNotContain(key, requests.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_OverTheApi_AreAddedListedAndRemoved()
    {
        var added = await FaultAsync("POST", "faults", """{ "kind": "status", "method": "GET", "path": "/", "status": 503 }""", 201);
        Assert.Equal("status-1", (string?)added["id"]);
        (await _cloud.SendAsync("GET", "/")).MustBe(503);
        Assert.Equal(1, (int?)(await FaultAsync("GET", "faults", null, 200))["rules"]![0]!["hits"]);
        await FaultAsync("DELETE", "faults/status-1", null, 204);
        (await _cloud.SendAsync("GET", "/")).MustBe(200);
        Assert.Equal("DEP6004", (string?)(await FaultAsync("POST", "faults", """{ "kind": "gremlins" }""", 400))["error"]!["code"]);
        await FaultAsync("DELETE", "faults/status-1", null, 404);
    }

    [Fact]
    public async Task Clock_Advanced_FreesSoftDeletedNamesAndExpiresTokens()
    {
        await _cloud.WithProjectAsync();
        (await _cloud.DeleteAsync(_cloud.Resource("Microsoft.KeyVault/vaults", "phi-vault"), "2024-11-01")).MustBe(200);
        (await _cloud.PutVaultAsync("phi-vault")).MustBe(409);
        var clock = await Management.SetClockAsync("91d", null, Cancel);
        Assert.Equal(91 * 86400, Math.Round((double)clock["aheadSeconds"]!, 0));
        (await _cloud.PutVaultAsync("phi-vault")).MustBe(401);
        await _cloud.SignInAsync();
        (await _cloud.PutVaultAsync("phi-vault")).MustBe(200);
    }

    [Fact]
    public async Task Clock_AfterARestart_GoesOn()
    {
        await Management.SetClockAsync("10d", "0x", Cancel);
        var before = (string?)(await Management.ClockAsync(Cancel))["now"];
        await _cloud.Azure.DisposeAsync();
        await using var again = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = _cloud.Folder }, Cancel);
        var clock = await again.Management.ClockAsync(Cancel);
        Assert.Equal("0x", (string?)clock["speed"]);
        Assert.InRange((double)clock["aheadSeconds"]!, (10 * 86400) - 60, 10 * 86400);
        Assert.NotNull(before);
        await LocalAzureControl.ResetAsync(_cloud.Folder, Cancel);
        Assert.Equal("realtime", (string?)(await again.Management.ClockAsync(Cancel))["speed"]);
    }

    [Theory]
    [InlineData("backwards", null)]
    [InlineData(null, "warp")]
    [InlineData(null, "-1x")]
    [InlineData("4000d", null)]
    public async Task Clock_Nonsense_IsRefused(string? advance, string? speed)
    {
        var thrown = await Assert.ThrowsAsync<DeployException>(() => Management.SetClockAsync(advance, speed, Cancel));
        Assert.Equal("DEP6007", thrown.Error.Code);
    }

    [Fact]
    public async Task Restore_AnotherStore_HasTheSameResourcesKeysAndNoOthers()
    {
        await using var endpoint = await ServerlessAsync();
        var snapshot = await endpoint.Cloud.Azure.Management.SnapshotAsync(Cancel);
        await _cloud.SignInAsync();
        (await _cloud.PutAsync($"/subscriptions/{_cloud.Connection.SubscriptionId}/resourceGroups/other", "2024-03-01", new { location = "eastus2" })).MustBe(201);
        await Management.RestoreAsync(snapshot, Cancel);
        Assert.Equal(6, (await Management.ResourcesAsync(Cancel))["resources"]!.AsArray().Count);
        var answer = await _cloud.SendAsync("POST", $"{endpoint.Path}/chat/completions", new { messages = Ask("417 + 388") }, endpoint.Key);
        Assert.Equal("805", Content(answer));
        (await _cloud.GetAsync(_cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(200);
        Assert.Equal(Rows(snapshot), Rows(await Management.SnapshotAsync(Cancel)));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "schemaVersion": 1, "resources": [{}], "tables": {} }""")]
    [InlineData("""{ "schemaVersion": 1, "resources": [{ "colour": "blue" }], "tables": {} }""")]
    [InlineData("""{ "schemaVersion": 2, "resources": [], "tables": {} }""")]
    public async Task Restore_Nonsense_LeavesTheStoreAsItWas(string snapshot)
    {
        await _cloud.WithProjectAsync();
        var thrown = await Assert.ThrowsAsync<DeployException>(() => Management.RestoreAsync(JsonNode.Parse(snapshot)!.AsObject(), Cancel));
        Assert.Equal("DEP6008", thrown.Error.Code);
        Assert.Equal(5, (await Management.ResourcesAsync(Cancel))["resources"]!.AsArray().Count);
    }

    private static int Rows(JsonObject snapshot) => snapshot["resources"]!.AsArray().Count + snapshot["tables"]!.AsObject().Sum(table => table.Value!.AsArray().Count);

    private async Task<JsonObject> FaultAsync(string method, string route, string? body, int status)
    {
        var answer = (await _cloud.SendAsync(method, $"/.local/{route}", body, headers: ("x-local-key", _cloud.Connection.ClientSecret))).MustBe(status);
        return answer.Text.Length == 0 ? [] : answer.Json.AsObject();
    }
}
