using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Running;

/// <summary>Reads a running local Azure as any client would: a token by client secret, then Azure Resource Manager over https.</summary>
internal sealed class ArmReader : IDisposable
{
    private const string Resources = "2024-11-01";
    private const string MachineLearning = "2025-06-01";

    private readonly HttpClient _client;
    private readonly string _subscription;

    private ArmReader(HttpClient client, string subscription)
    {
        _client = client;
        _subscription = subscription;
    }

    /// <summary>A client that trusts the given certificate and no other.</summary>
    public static HttpClient Trusting(string certificatePath)
    {
        var trusted = X509CertificateLoader.LoadCertificateFromFile(certificatePath);
        return new HttpClient(new HttpClientHandler
        {
            UseProxy = false,
            ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented is not null && presented.RawData.AsSpan().SequenceEqual(trusted.RawData),
        });
    }

    /// <param name="variables">What <c>deploy emulator env</c> says.</param>
    /// <param name="certificatePath">The certificate of the store.</param>
    public static async Task<ArmReader> SignInAsync(JsonObject variables, string certificatePath)
    {
        var client = Trusting(certificatePath);
        client.BaseAddress = new Uri((string)variables["ARM_RESOURCE_MANAGER_ENDPOINT"]!);
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", (string?)variables["ARM_CLIENT_ID"]),
            new("client_secret", (string?)variables["ARM_CLIENT_SECRET"]),
            new("scope", "https://management.azure.com/.default"),
        ]);
        using var response = await client.PostAsync($"{variables["ARM_TENANT_ID"]}/oauth2/v2.0/token", form);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"] ?? throw new InvalidOperationException($"No token: {response.StatusCode}");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!);
        return new ArmReader(client, (string)variables["ARM_SUBSCRIPTION_ID"]!);
    }

    /// <summary>How many resources there are of each type, children of workspaces included.</summary>
    public async Task<SortedDictionary<string, int>> CountByTypeAsync()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var found = new List<JsonNode>();
        var groups = await ListAsync($"/subscriptions/{_subscription}/resourcegroups", Resources);
        found.AddRange(groups);
        foreach (var group in groups)
        {
            found.AddRange(await ListAsync($"{IdOf(group)}/providers/Microsoft.Resources/deployments", Resources));
        }

        found.AddRange(await ListAsync($"/subscriptions/{_subscription}/resources", Resources));
        found.AddRange(await ListAsync($"/subscriptions/{_subscription}/providers/Microsoft.Authorization/roleAssignments", "2022-04-01"));
        var listed = found.Select(IdOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        found.AddRange((await ServerlessEndpointsAsync()).Concat(await OnlineEndpointsAsync()).Where(child => listed.Add(IdOf(child))));
        foreach (var endpoint in await OnlineEndpointsAsync())
        {
            found.AddRange((await ListAsync($"{IdOf(endpoint)}/deployments", MachineLearning)).Where(child => listed.Add(IdOf(child))));
        }

        foreach (var resource in found)
        {
            var type = (string)resource["type"]!;
            counts[type] = counts.GetValueOrDefault(type) + 1;
        }

        return counts;
    }

    /// <summary>The primary and secondary keys of every endpoint.</summary>
    public async Task<IReadOnlyList<string>> EndpointKeysAsync()
    {
        var keys = new List<string>();
        foreach (var endpoint in (await ServerlessEndpointsAsync()).Concat(await OnlineEndpointsAsync()))
        {
            using var response = await _client.PostAsync($"{IdOf(endpoint)}/listKeys?api-version={MachineLearning}", null);
            var body = JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
            keys.AddRange([(string)body["primaryKey"]!, (string)body["secondaryKey"]!]);
        }

        return keys;
    }

    /// <summary>The primary key of one endpoint.</summary>
    public async Task<string> KeyAsync(string resourceId)
    {
        using var response = await _client.PostAsync($"{resourceId}/listKeys?api-version={MachineLearning}", null);
        return (string)JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["primaryKey"]!;
    }

    public void Dispose() => _client.Dispose();

    private Task<IReadOnlyList<JsonNode>> ServerlessEndpointsAsync() => ChildrenAsync("serverlessEndpoints");

    private Task<IReadOnlyList<JsonNode>> OnlineEndpointsAsync() => ChildrenAsync("onlineEndpoints");

    private async Task<IReadOnlyList<JsonNode>> ChildrenAsync(string kind)
    {
        var children = new List<JsonNode>();
        foreach (var workspace in await ListAsync($"/subscriptions/{_subscription}/providers/Microsoft.MachineLearningServices/workspaces", MachineLearning))
        {
            children.AddRange(await ListAsync($"{IdOf(workspace)}/{kind}", MachineLearning));
        }

        return children;
    }

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string path, string version)
    {
        using var response = await _client.GetAsync($"{path}?api-version={version}");
        var text = await response.Content.ReadAsStringAsync();
        Xunit.Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {text}");
        return [.. JsonNode.Parse(text)!["value"]!.AsArray().Select(item => item!)];
    }

    private static string IdOf(JsonNode resource) => (string)resource["id"]!;
}
