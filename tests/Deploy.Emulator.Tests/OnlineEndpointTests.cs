namespace Deploy.Emulator.Tests;

public sealed class OnlineEndpointTests
{
    [Fact]
    public async Task Walk_EndpointDeploymentTrafficChat_Works()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
        var (path, key) = await cloud.EndpointAsync(cloud.Online("medium"));
        var question = new { messages = new[] { new { role = "user", content = "What is 123 + 456? Answer with the number only." } } };
        (await cloud.SendAsync("POST", $"{path}/chat/completions", question, key)).MustBe(404);
        (await cloud.SendAsync("POST", $"{path}/chat/completions", question, key, ("azureml-model-deployment", "blue"))).MustBe(200);
        (await cloud.PutOnlineAsync("medium", traffic: new { blue = 100 })).MustBe(200);
        var answer = (await cloud.SendAsync("POST", $"{path}/chat/completions", question, key)).MustBe(200);
        Assert.Equal("579", (string?)answer.Json["choices"]![0]!["message"]!["content"]);
        Assert.Equal("blue", answer.Headers["azureml-model-deployment"]);
        var score = await cloud.SendAsync("POST", $"{path}/score", new { input_data = new { input_string = question.messages, parameters = new { max_new_tokens = 2 } } }, key);
        Assert.Equal("57", (string?)score.MustBe(200).Json["output"]);
        (await cloud.DeleteAsync(cloud.Online("medium"), LocalCloud.Ml)).MustBe(202);
        (await cloud.GetAsync($"{cloud.Online("medium")}/deployments/blue", LocalCloud.Ml)).MustBe(404);
    }

    [Fact]
    public async Task Put_NoIdentityBadNameOrBadTraffic_IsRefused()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        Assert.Contains("identity", (await cloud.PutAsync(cloud.Online("medium"), LocalCloud.Ml, new { location = "eastus2", properties = new { authMode = "Key" } })).MustBe(400).Message, StringComparison.Ordinal);
        (await cloud.PutOnlineAsync("1medium")).MustBe(400);
        (await cloud.PutOnlineAsync("me--dium")).MustBe(400);
        Assert.Contains("green", (await cloud.PutOnlineAsync("medium", traffic: new { green = 100 })).MustBe(400).Message, StringComparison.Ordinal);
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
        Assert.Contains("sum is 50", (await cloud.PutOnlineAsync("medium", traffic: new { blue = 50 })).MustBe(400).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TemplateDeployment_TrafficRule_WritesTheEndpoint()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
        var id = cloud.Resource("Microsoft.Resources/deployments", "traffic");
        var made = (await cloud.PutAsync(id, "2024-03-01", Template("blue"))).MustBe(201);
        Assert.Equal("Succeeded", (string?)(await cloud.SendAsync("GET", new Uri(made.Headers["Azure-AsyncOperation"]).PathAndQuery)).MustBe(200).Json["status"]);
        Assert.Equal("Succeeded", (string?)(await cloud.GetAsync(id, "2024-03-01")).MustBe(200).Json["properties"]!["provisioningState"]);
        Assert.Equal(100, (int?)(await cloud.GetAsync(cloud.Online("medium"), LocalCloud.Ml)).Json["properties"]!["traffic"]!["blue"]);
        Assert.Contains("Set its traffic to 0", (await cloud.DeleteAsync($"{cloud.Online("medium")}/deployments/blue", LocalCloud.Ml)).MustBe(400).Message, StringComparison.Ordinal);

        var failed = (await cloud.PutAsync(id, "2024-03-01", Template("green"))).MustBe(200);
        var status = (await cloud.SendAsync("GET", new Uri(failed.Headers["Azure-AsyncOperation"]).PathAndQuery)).MustBe(200).Json;
        Assert.Equal("Failed", (string?)status["status"]);
        Assert.Contains("green", (string?)status["error"]!["details"]![0]!["message"], StringComparison.Ordinal);
        Assert.Contains("[parameters('x')]", (await cloud.PutAsync(id, "2024-03-01", Template("[parameters('x')]"))).MustBe(501).Message, StringComparison.Ordinal);
    }

    private static object Template(string deployment) => new
    {
        properties = new
        {
            mode = "Incremental",
            template = new
            {
                contentVersion = "1.0.0.0",
                resources = new[]
                {
                    new
                    {
                        type = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
                        apiVersion = LocalCloud.Ml,
                        name = "project/medium",
                        location = "eastus2",
                        identity = new { type = "SystemAssigned" },
                        properties = new { authMode = "Key", description = deployment, traffic = new Dictionary<string, int> { [deployment] = 100 } },
                    },
                },
            },
        },
    };

    // Out of quota.
    [Fact]
    public async Task PutDeployment_QuotaTooSmall_SaysItAsAzureDoes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "families": { "standardNCADSA100v4Family": 47 } }""", TestContext.Current.CancellationToken);
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        var refused = (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(400);
        Assert.Equal("BadRequest", refused.Code);
        Assert.Equal("The request is invalid.", refused.Message);
        var detail = refused.Json["error"]!["details"]![0]!;
        Assert.Equal("InferencingClientCreateDeploymentFailed", (string?)detail["code"]);
        Assert.Contains($"Not enough quota available for Standard_NC48ads_A100_v4 in SubscriptionId {cloud.Connection.SubscriptionId}. Current usage/limit: 0/47. Additional needed: 48 ", (string?)detail["message"], StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "families": { "standardNCADSA100v4Family": 48 } }""", TestContext.Current.CancellationToken);
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
        var usages = (await cloud.GetAsync($"/subscriptions/{cloud.Connection.SubscriptionId}/providers/Microsoft.MachineLearningServices/locations/eastus2/usages", LocalCloud.Ml)).MustBe(200);
        var row = usages.Json["value"]!.AsArray().Single(row => ((string)row!["name"]!["value"]!).Contains("NCADSA100v4", StringComparison.Ordinal));
        Assert.Equal(48, (int?)row!["currentValue"]);
        Assert.Equal(48, (int?)row["limit"]);
    }

    // Deployment right after endpoint success.
    [Fact]
    public async Task PutDeployment_EndpointStillCreating_IsConflict()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock, OperationDelay = TimeSpan.FromSeconds(1) });
        await cloud.SignInAsync();
        await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location = "eastus2" });
        await cloud.PutAsync(cloud.Resource("Microsoft.Storage/storageAccounts", "phistore"), "2024-01-01", new { location = "eastus2", sku = new { name = "Standard_LRS" }, kind = "StorageV2" });
        await cloud.PutVaultAsync("phi-vault");
        (await cloud.PutAsync(cloud.Workspace("project"), LocalCloud.Ml, new { location = "eastus2", properties = ((dynamic)cloud.HubBody()).properties })).MustBe(202);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        Assert.Equal("Cannot create a deployment in endpoint medium because it is in Creating provisioning state.", (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(409).Message);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
    }

    [Theory]
    [InlineData("Standard_NC6s_v3", "Phi-3-medium-128k-instruct/versions/7", 1, "not allowed for the model")]
    [InlineData("Standard_Nothing", "Phi-3-medium-128k-instruct/versions/7", 1, "not supported")]
    [InlineData("Standard_NC48ads_A100_v4", "Phi-3-medium-128k-instruct", 1, "names no version")]
    [InlineData("Standard_NC48ads_A100_v4", "Phi-3-medium-128k-instruct/versions/99", 1, "does not exist")]
    [InlineData("Standard_NC48ads_A100_v4", "Phi-3-medium-128k-instruct/versions/7", 51, "1 to 50")]
    public async Task PutDeployment_OneThingWrong_SaysWhich(string instanceType, string model, int instances, string expected)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        Assert.Contains(expected, (await cloud.PutDeploymentAsync("medium", "blue", instanceType, instances, model)).MustBe(400).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_EntraEndpoint_OpensThatEndpointOnly()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        foreach (var name in new[] { "first", "second" })
        {
            (await cloud.PutOnlineAsync(name, "AMLToken")).MustBe(201);
            (await cloud.PutDeploymentAsync(name, "blue")).MustBe(201);
            (await cloud.PutOnlineAsync(name, "AMLToken", new { blue = 100 })).MustBe(200);
        }

        var token = (string?)(await cloud.SendAsync("POST", $"{cloud.Online("first")}/token?api-version={LocalCloud.Ml}")).MustBe(200).Json["accessToken"];
        var question = new { messages = new[] { new { role = "user", content = "1 + 1" } } };
        (await cloud.SendAsync("POST", "/online/eastus2/first/chat/completions", question, token)).MustBe(200);
        (await cloud.SendAsync("POST", "/online/eastus2/second/chat/completions", question, token)).MustBe(401);
        (await cloud.SendAsync("POST", "/online/eastus2/second/chat/completions", question, await cloud.TokenAsync("https://ml.azure.com/.default"))).MustBe(200);
        (await cloud.SendAsync("POST", "/online/eastus2/second/chat/completions", question, await cloud.TokenAsync("https://management.azure.com/.default"))).MustBe(401);
    }
}
