using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Deploy.Emulator;

namespace Bench.Emulator;

/// <summary>What the measurements need to be there, and clients for it.</summary>
internal static class Seeds
{
    public const string Group = "bench";
    private const string MachineLearning = $"resourceGroups/{Group}/providers/Microsoft.MachineLearningServices/workspaces";

    public static JsonObject Project { get; } = JsonNode.Parse($$"""
        { "resources": [
          { "id": "resourceGroups/{{Group}}", "body": { "location": "eastus2" } },
          { "id": "resourceGroups/{{Group}}/providers/Microsoft.Storage/storageAccounts/benchstore", "body": { "location": "eastus2", "sku": { "name": "Standard_LRS" }, "kind": "StorageV2" } },
          { "id": "resourceGroups/{{Group}}/providers/Microsoft.KeyVault/vaults/bench-vault", "apiVersion": "2024-11-01",
            "body": { "location": "eastus2", "properties": { "tenantId": "00000000-0000-0000-0000-000000000000", "sku": { "family": "A", "name": "standard" } } } } ] }
        """)!.AsObject();

    public static async Task<(HttpClient Client, string EndpointPath, string Key)> PrepareAsync(LocalAzureConnection connection, bool isManaged = false)
    {
        await LocalAzureSeed.ApplyAsync(connection, Project, CancellationToken.None);
        var group = $"/subscriptions/{connection.SubscriptionId}/resourceGroups/{Group}";
        await LocalAzureSeed.ApplyAsync(connection, Workspaces(group), CancellationToken.None);
        var client = await ArmClientAsync(connection);
        var endpoint = isManaged ? "onlineEndpoints/medium" : "serverlessEndpoints/mini";
        using var keys = await client.PostAsync(new Uri($"/subscriptions/{connection.SubscriptionId}/{MachineLearning}/project/{endpoint}/listKeys?api-version=2024-10-01", UriKind.Relative), null);
        keys.EnsureSuccessStatusCode();
        return (client, isManaged ? "/online/eastus2/medium" : "/serverless/eastus2/mini", (string)JsonNode.Parse(await keys.Content.ReadAsStringAsync())!["primaryKey"]!);
    }

    /// <summary>Signed in, with connections of its own.</summary>
    public static async Task<HttpClient> ArmClientAsync(LocalAzureConnection connection)
    {
        var client = Client(connection);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = connection.ClientId,
            ["client_secret"] = connection.ClientSecret,
            ["scope"] = "https://management.azure.com/.default",
        });
        using var response = await client.PostAsync(new Uri(connection.Https, $"{connection.TenantId}/oauth2/v2.0/token"), form);
        response.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!);
        return client;
    }

    public static HttpClient Client(LocalAzureConnection connection) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(connection.Certificate.RawData) },
    })
    {
        BaseAddress = connection.Https,
    };

    private static JsonObject Workspaces(string group) => JsonNode.Parse($$"""
        { "resources": [
          { "id": "{{MachineLearning}}/hub", "apiVersion": "2024-10-01", "body": { "location": "eastus2", "kind": "Hub", "identity": { "type": "SystemAssigned" },
            "properties": { "storageAccount": "{{group}}/providers/Microsoft.Storage/storageAccounts/benchstore", "keyVault": "{{group}}/providers/Microsoft.KeyVault/vaults/bench-vault" } } },
          { "id": "{{MachineLearning}}/project", "apiVersion": "2024-10-01", "body": { "location": "eastus2", "kind": "Project", "identity": { "type": "SystemAssigned" },
            "properties": { "hubResourceId": "{{group}}/providers/Microsoft.MachineLearningServices/workspaces/hub" } } },
          { "id": "{{MachineLearning}}/project/serverlessEndpoints/mini", "apiVersion": "2024-10-01", "body": { "location": "eastus2", "sku": { "name": "Consumption" },
            "properties": { "authMode": "Key", "modelSettings": { "modelId": "azureml://registries/azureml/models/Phi-3-mini-4k-instruct" } } } },
          { "id": "{{MachineLearning}}/project/onlineEndpoints/medium", "apiVersion": "2024-10-01", "body": { "location": "eastus2", "identity": { "type": "SystemAssigned" },
            "properties": { "authMode": "Key", "traffic": { "blue": 100 } } } },
          { "id": "{{MachineLearning}}/project/onlineEndpoints/medium/deployments/blue", "apiVersion": "2024-10-01", "body": { "location": "eastus2", "sku": { "name": "Default", "capacity": 1 },
            "properties": { "endpointComputeType": "Managed", "model": "azureml://registries/azureml/models/Phi-3-medium-128k-instruct/versions/7",
              "instanceType": "Standard_NC48ads_A100_v4", "requestSettings": { "maxConcurrentRequestsPerInstance": 1000 } } } } ] }
        """)!.AsObject();
}
