using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests;

/// <summary>A local Azure in a folder of its own, and a plain client for it.</summary>
public sealed class LocalCloud : IAsyncDisposable
{
    public const string Group = "phi-rg";
    public const string Ml = "2024-10-01";

    // Drawing an RSA key costs more than everything else a start does.
    private static readonly Lazy<string> SigningKey = new(() =>
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    });

    private LocalCloud(string folder, LocalAzure azure, HttpClient client)
    {
        Folder = folder;
        Azure = azure;
        Client = client;
    }

    public string Folder { get; }

    public LocalAzure Azure { get; }

    public HttpClient Client { get; }

    public LocalAzureConnection Connection => Azure.Connection;

    public string GroupId => $"/subscriptions/{Connection.SubscriptionId}/resourceGroups/{Group}";

    public static async Task<LocalCloud> StartAsync(Func<LocalAzureOptions, LocalAzureOptions>? configure = null, string? folder = null, bool signsAlike = true)
    {
        folder ??= Path.Combine(Path.GetTempPath(), "local-azure-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        if (signsAlike && !File.Exists(Path.Combine(folder, "signing.key")))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "signing.key"), SigningKey.Value, TestContext.Current.CancellationToken);
        }

        var options = new LocalAzureOptions { StorePath = folder };
        var azure = await LocalAzure.HostAsync(configure?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        return new LocalCloud(folder, azure, Trusting(azure.Connection));
    }

    public static HttpClient Trusting(LocalAzureConnection connection) => new(Handler(connection)) { BaseAddress = connection.Https };

    public static HttpClientHandler Handler(LocalAzureConnection connection) => new()
    {
        UseProxy = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate is not null && certificate.RawData.AsSpan().SequenceEqual(connection.Certificate.RawData),
    };

    public async Task<LocalCloud> SignInAsync()
    {
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("https://management.azure.com/.default"));
        return this;
    }

    public async Task<string> TokenAsync(string scope)
    {
        var (status, body) = await PostFormAsync($"{Connection.TenantId}/oauth2/v2.0/token", Form(scope));
        Assert.Equal(HttpStatusCode.OK, status);
        return (string)body["access_token"]!;
    }

    public Dictionary<string, string> Form(string scope) => new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Connection.ClientId,
        ["client_secret"] = Connection.ClientSecret,
        ["scope"] = scope,
    };

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostFormAsync(string path, Dictionary<string, string> form)
    {
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form));
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<Answer> SendAsync(string method, string path, object? body = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Connection.Https, path));
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text, response.Headers.Concat(response.Content.Headers).ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> PutAsync(string id, string apiVersion, object body) => SendAsync("PUT", $"{id}?api-version={apiVersion}", body);

    public Task<Answer> GetAsync(string id, string apiVersion) => SendAsync("GET", $"{id}?api-version={apiVersion}");

    public Task<Answer> DeleteAsync(string id, string apiVersion, string query = "") => SendAsync("DELETE", $"{id}?api-version={apiVersion}{query}");

    public string Resource(string type, string name) => $"{GroupId}/providers/{type}/{name}";

    public string Workspace(string name) => Resource("Microsoft.MachineLearningServices/workspaces", name);

    /// <summary>Resource group, storage account, vault, hub and project.</summary>
    public async Task<LocalCloud> WithProjectAsync(string location = "eastus2")
    {
        await SignInAsync();
        (await PutAsync(GroupId, "2024-03-01", new { location })).MustBe(201);
        (await PutAsync(Resource("Microsoft.Storage/storageAccounts", "phistore"), "2024-01-01", new { location, sku = new { name = "Standard_LRS" }, kind = "StorageV2" })).MustBe(202);
        (await PutVaultAsync("phi-vault", location)).MustBe(200);
        (await PutAsync(Workspace("hub"), Ml, HubBody(location))).MustBe(202);
        (await PutAsync(Workspace("project"), Ml, new { location, kind = "Project", identity = new { type = "SystemAssigned" }, properties = new { hubResourceId = Workspace("hub") } })).MustBe(202);
        return this;
    }

    public Task<Answer> PutVaultAsync(string name, string location = "eastus2", string? createMode = null) => PutAsync(
        Resource("Microsoft.KeyVault/vaults", name), "2024-11-01", new { location, properties = new { tenantId = Connection.TenantId, sku = new { family = "A", name = "standard" }, createMode } });

    public object HubBody(string location = "eastus2") => new
    {
        location,
        kind = "Hub",
        identity = new { type = "SystemAssigned" },
        properties = new { storageAccount = Resource("Microsoft.Storage/storageAccounts", "phistore"), keyVault = Resource("Microsoft.KeyVault/vaults", "phi-vault") },
    };

    public string Serverless(string name, string project = "project") => $"{Workspace(project)}/serverlessEndpoints/{name}";

    public Task<Answer> PutServerlessAsync(string name, string model = "Phi-3-mini-4k-instruct", string project = "project", string location = "eastus2", string safety = "Enabled") => PutAsync(
        Serverless(name, project), Ml, new
        {
            location,
            sku = new { name = "Consumption" },
            properties = new { authMode = "Key", modelSettings = new { modelId = $"azureml://registries/azureml/models/{model}" }, contentSafety = new { contentSafetyStatus = safety } },
        });

    public string Online(string name) => $"{Workspace("project")}/onlineEndpoints/{name}";

    public Task<Answer> PutOnlineAsync(string name, string authMode = "Key", object? traffic = null) => PutAsync(
        Online(name), Ml, new { location = "eastus2", identity = new { type = "SystemAssigned" }, properties = new { authMode, traffic = traffic ?? new { } } });

    public Task<Answer> PutDeploymentAsync(string endpoint, string name, string instanceType = "Standard_NC48ads_A100_v4", int instances = 1, string model = "Phi-3-medium-128k-instruct/versions/7") => PutAsync(
        $"{Online(endpoint)}/deployments/{name}", Ml, new
        {
            location = "eastus2",
            sku = new { name = "Default", capacity = instances },
            properties = new { endpointComputeType = "Managed", model = $"azureml://registries/azureml/models/{model}", instanceType },
        });

    /// <summary>The project with a serverless endpoint <c>mini</c> and an online endpoint <c>medium</c> that serves.</summary>
    public async Task<LocalCloud> WithEndpointsAsync()
    {
        await WithProjectAsync();
        (await PutServerlessAsync("mini")).MustBe(201);
        (await PutOnlineAsync("medium")).MustBe(201);
        await GetAsync(Online("medium"), Ml);
        (await PutDeploymentAsync("medium", "blue")).MustBe(201);
        await GetAsync(Online("medium"), Ml);
        (await PutOnlineAsync("medium", traffic: new { blue = 100 })).MustBe(200);
        await GetAsync(Online("medium"), Ml);
        return this;
    }

    /// <summary>The path-based base of an endpoint and its primary key, as a client learns them.</summary>
    public async Task<(string Base, string Key)> EndpointAsync(string id)
    {
        var shown = (await GetAsync(id, Ml)).MustBe(200).Json;
        var keys = (await SendAsync("POST", $"{id}/listKeys?api-version={Ml}")).MustBe(200).Json;
        var uri = (string?)shown["properties"]!["inferenceEndpoint"]?["uri"] ?? ((string)shown["properties"]!["scoringUri"]!)[..^"/score".Length];
        return (new Uri(uri).AbsolutePath, (string)keys["primaryKey"]!);
    }

    public IReadOnlyList<JsonNode> Requests() => [.. File.ReadAllLines(Azure.RequestLogPath).Select(line => JsonNode.Parse(line)!)];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Azure.DisposeAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}

public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Code => (string?)Json["error"]?["code"] ?? "";

    public string Message => (string?)Json["error"]?["message"] ?? "";

    public Answer MustBe(int status)
    {
        Assert.True(Status == status, $"Expected {status}, found {Status}: {Text}");
        return this;
    }
}
