using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure.Arm;
using Deploy.Core;

namespace Deploy.Azure.MachineLearning;

/// <summary>Reads through the generic control-plane client.</summary>
public sealed class ArmMachineLearningReads : IMachineLearningReads
{
    private const string ApiVersion = "2025-12-01";
    private const string ResourcesApiVersion = "2021-04-01";

    private readonly IArmClient _client;

    public ArmMachineLearningReads(IArmClient client) => _client = client;

    public Task<ReadResult<IReadOnlyList<QuotaUsage>>> ListUsagesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) =>
        ListAsync(LocationPath(subscriptionId, location, "usages"), $"list usages of {location.Name}", ToUsage, cancellationToken);

    public Task<ReadResult<IReadOnlyList<QuotaRow>>> ListQuotasAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) =>
        ListAsync(LocationPath(subscriptionId, location, "quotas"), $"list quotas of {location.Name}", ToQuota, cancellationToken);

    public Task<ReadResult<IReadOnlyList<OfferedVmSize>>> ListVmSizesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) =>
        ListAsync(LocationPath(subscriptionId, location, "vmSizes"), $"list VM sizes of {location.Name}", ToVmSize, cancellationToken);

    public async Task<ReadResult<IReadOnlyList<TrackedResource>>> ListResourcesAsync(string subscriptionId, ResourceType type, CancellationToken cancellationToken)
    {
        var what = $"list resources of type {type}";
        var request = ArmRequest.Get($"/subscriptions/{subscriptionId}/resources", ResourcesApiVersion) with
        {
            Query = new Dictionary<string, string> { ["$filter"] = $"resourceType eq '{type}'" },
        };
        var read = await ArmReading.ListAsync(_client, request, what, cancellationToken);
        return Items(read.Map(what, rows => rows.Where(row => IsOfType(row, type)).Select(ToResource).ToArray()));
    }

    public async Task<ReadResult<ServerlessEndpointReading>> GetServerlessEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken)
    {
        var what = $"read serverless endpoint '{endpoint.Name}'";
        var read = await ArmReading.ReadAsync(_client, ArmRequest.Get(endpoint.ToString(), ApiVersion), what, cancellationToken);
        return read.Map(what, document => ToServerless(endpoint, document));
    }

    public async Task<ReadResult<OnlineEndpointReading>> GetOnlineEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken)
    {
        var what = $"read online endpoint '{endpoint.Name}'";
        var read = await ArmReading.ReadAsync(_client, ArmRequest.Get(endpoint.ToString(), ApiVersion), what, cancellationToken);
        return read.Map(what, document => ToOnline(endpoint, document));
    }

    public Task<ReadResult<IReadOnlyList<OnlineDeploymentReading>>> ListDeploymentsAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) =>
        ListAsync($"{endpoint}/deployments", $"list deployments of '{endpoint.Name}'", ToDeployment, cancellationToken);

    public async Task<ReadResult<EndpointKeys>> ListKeysAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken)
    {
        var what = $"list keys of '{endpoint.Name}'";
        var read = await ArmReading.ReadAsync(_client, ArmRequest.Post($"{endpoint}/listKeys", ApiVersion), what, cancellationToken);
        return read.Map(what, document => new EndpointKeys(
            new SecretText(document.RequiredText("primaryKey")),
            document.Text("secondaryKey") is { Length: > 0 } secondary ? new SecretText(secondary) : null));
    }

    public async Task<ReadResult<EndpointToken>> GetTokenAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken)
    {
        var what = $"get a token of '{endpoint.Name}'";
        var read = await ArmReading.ReadAsync(_client, ArmRequest.Post($"{endpoint}/token", ApiVersion), what, cancellationToken);
        return read.Map(what, document => new EndpointToken(
            new SecretText(document.RequiredText("accessToken")), Moment(document, "expiryTimeUtc"), Moment(document, "refreshAfterTimeUtc")));
    }

    private async Task<ReadResult<IReadOnlyList<T>>> ListAsync<T>(string path, string what, Func<JsonObject, T> map, CancellationToken cancellationToken)
    {
        var read = await ArmReading.ListAsync(_client, ArmRequest.Get(path, ApiVersion), what, cancellationToken);
        return Items(read.Map(what, rows => rows.Select(map).ToArray()));
    }

    private static ReadResult<IReadOnlyList<T>> Items<T>(ReadResult<T[]> read) =>
        read.HasValue ? ReadResult.List<T>(read.Value) : ReadResult.Without<IReadOnlyList<T>>(read.Status, read.Error);

    private static string LocationPath(string subscriptionId, AzureLocation location, string list) =>
        $"/subscriptions/{subscriptionId}/providers/Microsoft.MachineLearningServices/locations/{location.Name}/{list}";

    private static QuotaUsage ToUsage(JsonObject row) => new()
    {
        Type = row.RequiredText("type"),
        Name = NameOf(row),
        CurrentValue = row.RequiredInteger("currentValue"),
        Limit = row.RequiredInteger("limit"),
        Id = row.Text("id"),
    };

    private static QuotaRow ToQuota(JsonObject row) => new()
    {
        Type = row.RequiredText("type"),
        Name = NameOf(row),
        Limit = row.RequiredInteger("limit"),
        Id = row.Text("id"),
    };

    private static string NameOf(JsonObject row) =>
        row.Child("name")?.Text("value") ?? throw new FormatException("The property 'name.value' is absent or not text.");

    private static OfferedVmSize ToVmSize(JsonObject row) => new()
    {
        Name = row.RequiredText("name"),
        Family = row.RequiredText("family"),
        VCpus = (int)row.RequiredInteger("vCPUs"),
        Gpus = (int)(row.Integer("gpus") ?? 0),
        SupportedComputeTypes = [.. (row["supportedComputeTypes"] as JsonArray ?? []).Select(item => item?.ToString()).OfType<string>()],
    };

    // A service that ignores the filter must not make other resources count.
    private static bool IsOfType(JsonObject row, ResourceType type) =>
        row.Text("type") is { } written && string.Equals(written, type.ToString(), StringComparison.OrdinalIgnoreCase);

    // A bare null would become, by the type's conversion from text, a location without a name.
    private static TrackedResource ToResource(JsonObject row) =>
        new(new ResourceIdentifier(row.RequiredText("id")), row.Text("location") is { } location ? new AzureLocation(location) : (AzureLocation?)null);

    private static ServerlessEndpointReading ToServerless(ResourceIdentifier id, JsonObject document)
    {
        var properties = document.Child("properties") ?? throw new FormatException("The property 'properties' is absent or not an object.");
        return new ServerlessEndpointReading
        {
            Id = id,
            Uri = Address(properties.Child("inferenceEndpoint")?.Text("uri")),
            EndpointState = properties.Text("endpointState"),
            ProvisioningState = properties.Text("provisioningState"),
            AuthMode = properties.Text("authMode"),
            ModelId = properties.Child("modelSettings")?.Text("modelId"),
            ContentSafetyStatus = properties.Child("contentSafety")?.Text("contentSafetyStatus"),
        };
    }

    private static OnlineEndpointReading ToOnline(ResourceIdentifier id, JsonObject document)
    {
        var properties = document.Child("properties") ?? throw new FormatException("The property 'properties' is absent or not an object.");
        return new OnlineEndpointReading
        {
            Id = id,
            ScoringUri = Address(properties.Text("scoringUri")),
            ProvisioningState = properties.Text("provisioningState"),
            AuthMode = properties.Text("authMode"),
            Traffic = (properties.Child("traffic") ?? []).ToDictionary(pair => pair.Key, pair => (int)properties.Child("traffic")!.RequiredInteger(pair.Key)),
        };
    }

    private static OnlineDeploymentReading ToDeployment(JsonObject row)
    {
        var properties = row.Child("properties") ?? throw new FormatException("The property 'properties' is absent or not an object.");
        return new OnlineDeploymentReading
        {
            Id = new ResourceIdentifier(row.RequiredText("id")),
            ProvisioningState = properties.Text("provisioningState"),
            InstanceType = properties.Text("instanceType"),
            Instances = (int?)row.Child("sku")?.Integer("capacity"),
            ModelId = properties.Text("model"),
        };
    }

    private static Uri? Address(string? text) => string.IsNullOrEmpty(text) ? null : new Uri(text, UriKind.Absolute);

    private static DateTimeOffset? Moment(JsonObject document, string name) =>
        document.Integer(name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
