using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.DataPlane;

/// <summary>One endpoint of a cloud of its own, and what clients say to it.</summary>
internal sealed class Endpoints : IAsyncDisposable
{
    private Endpoints(LocalCloud cloud) => Cloud = cloud;

    public LocalCloud Cloud { get; }

    public string Path { get; private set; } = "";

    public string Key { get; private set; } = "";

    public static async Task<Endpoints> ServerlessAsync(string model = "Phi-3-mini-4k-instruct", Func<LocalAzureOptions, LocalAzureOptions>? configure = null)
    {
        var made = new Endpoints(await LocalCloud.StartAsync(configure));
        await made.Cloud.WithProjectAsync();
        (await made.Cloud.PutServerlessAsync("mini", model)).MustBe(201);
        return await made.FindAsync(made.Cloud.Serverless("mini"));
    }

    /// <summary>An online endpoint whose one deployment, <c>blue</c>, gets all traffic.</summary>
    public static async Task<Endpoints> ManagedAsync(Func<LocalAzureOptions, LocalAzureOptions>? configure = null, object? requestSettings = null, int traffic = 100)
    {
        var made = new Endpoints(await LocalCloud.StartAsync(configure));
        await made.Cloud.WithProjectAsync();
        (await made.Cloud.PutOnlineAsync("medium")).MustBe(201);
        await made.DeployAsync("blue", requestSettings);
        (await made.Cloud.PutOnlineAsync("medium", traffic: new { blue = traffic })).MustBe(200);
        return await made.FindAsync(made.Cloud.Online("medium"));
    }

    public async Task DeployAsync(string name, object? requestSettings = null)
    {
        await Cloud.GetAsync(Cloud.Online("medium"), LocalCloud.Ml);
        var answer = await Cloud.PutAsync($"{Cloud.Online("medium")}/deployments/{name}", LocalCloud.Ml, new
        {
            location = "eastus2",
            sku = new { name = "Default", capacity = 1 },
            properties = new
            {
                endpointComputeType = "Managed",
                model = "azureml://registries/azureml/models/Phi-3-medium-128k-instruct/versions/7",
                instanceType = "Standard_NC48ads_A100_v4",
                requestSettings = requestSettings ?? new { },
            },
        });
        Assert.True(answer.Status is 200 or 201, answer.Text);
    }

    public Task<Answer> ChatAsync(object body, params (string Name, string Value)[] headers) => PostAsync("chat/completions?api-version=2024-05-01-preview", body, headers);

    public Task<Answer> PostAsync(string route, object body, params (string Name, string Value)[] headers) => Cloud.SendAsync("POST", $"{Path}/{route}", body, Key, headers);

    public Task<Answer> GetAsync(string route) => Cloud.SendAsync("GET", $"{Path}/{route}", key: Key);

    /// <summary>The line of the request log that says so; a broken connection reaches the client before it.</summary>
    public Task<JsonNode> LoggedAsync(Func<string, bool> isFault) => Eventually.SeesAsync(
        () => Task.FromResult(Cloud.Requests().LastOrDefault(line => (string?)line["fault"] is { } fault && isFault(fault))), "The line of the request log");

    public static object[] Ask(string content) => [new { role = "user", content }];

    public static string Content(Answer answer) => (string)answer.MustBe(200).Json["choices"]![0]!["message"]!["content"]!;

    /// <summary>The chunks of a stream that ended with <c>[DONE]</c>.</summary>
    public static IReadOnlyList<JsonNode> Chunks(Answer answer)
    {
        var events = answer.MustBe(200).Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => text["data: ".Length..]).ToList();
        Assert.Equal("[DONE]", events[^1]);
        return [.. events.SkipLast(1).Select(text => JsonNode.Parse(text)!)];
    }

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    private async Task<Endpoints> FindAsync(string id)
    {
        (Path, Key) = await Cloud.EndpointAsync(id);
        return this;
    }
}
