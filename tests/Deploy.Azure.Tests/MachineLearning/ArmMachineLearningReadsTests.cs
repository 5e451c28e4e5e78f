using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure;
using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;
using Deploy.Core;
using Xunit;

namespace Deploy.Azure.Tests.MachineLearning;

public sealed class ArmMachineLearningReadsTests
{
    private const string Subscription = "11111111-2222-3333-4444-555555555555";
    private const string Workspace = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w";

    private static readonly ResourceIdentifier Serverless = new($"{Workspace}/serverlessEndpoints/mini-1");
    private static readonly ResourceIdentifier Online = new($"{Workspace}/onlineEndpoints/medium-1");

    [Fact]
    public async Task ListUsagesAsync_TwoPages_GivesAllRows()
    {
        var client = new FakeClient(
            (200, """{ "value": [ { "id": "x", "type": "Microsoft.MachineLearningServices/vmFamily/usages", "unit": "Count", "currentValue": 24, "limit": 48, "name": { "value": "A", "localizedValue": "A" } } ], "nextLink": "https://management.azure.com/next?page=2" }"""),
            (200, """{ "value": [ { "type": "Microsoft.MachineLearningServices/dedicatedCores/usages", "currentValue": 1, "limit": -1, "name": { "value": "B" } } ] }"""));
        var read = await new ArmMachineLearningReads(client).ListUsagesAsync(Subscription, AzureLocation.EastUS2, CancellationToken.None);
        Assert.Equal(ReadStatus.Ok, read.Status);
        Assert.Equal([("A", 24L, 48L, true, false), ("B", 1L, -1L, false, true)], read.Value!.Select(row => (row.Name, row.CurrentValue, row.Limit, row.IsVmFamily, row.IsDedicatedTotal)));
        Assert.Equal(
            [$"GET /subscriptions/{Subscription}/providers/Microsoft.MachineLearningServices/locations/eastus2/usages", "GET https://management.azure.com/next?page=2"],
            client.Requests);
    }

    [Theory]
    [InlineData(200, """{ "value": [] }""", ReadStatus.Empty, null)]
    [InlineData(403, """{ "error": { "code": "AuthorizationFailed", "message": "no" } }""", ReadStatus.Forbidden, "DEP2007")]
    [InlineData(401, "", ReadStatus.Forbidden, "DEP2006")]
    [InlineData(404, """{ "error": { "code": "NotFound", "message": "no" } }""", ReadStatus.NotFound, "DEP2008")]
    [InlineData(503, "", ReadStatus.Failed, "DEP2012")]
    [InlineData(200, "", ReadStatus.Failed, "DEP2019")]
    [InlineData(200, """{ "values": [] }""", ReadStatus.Failed, "DEP2019")]
    [InlineData(200, """{ "value": [ { "type": "t" } ] }""", ReadStatus.Failed, "DEP2019")]
    public async Task ListQuotasAsync_EveryAnswer_IsToldApart(int status, string body, ReadStatus expected, string? code)
    {
        var read = await new ArmMachineLearningReads(new FakeClient((status, body))).ListQuotasAsync(Subscription, AzureLocation.EastUS2, CancellationToken.None);
        Assert.Equal((expected, code), (read.Status, read.Error?.Code));
    }

    [Fact]
    public async Task ListQuotasAsync_NoAnswer_IsFailedWithTheReason()
    {
        var read = await new ArmMachineLearningReads(new FakeClient()).ListQuotasAsync(Subscription, AzureLocation.EastUS2, CancellationToken.None);
        Assert.Equal((ReadStatus.Failed, "DEP2005"), (read.Status, read.Error!.Code));
    }

    [Fact]
    public async Task ListQuotasAsync_ListInCircles_Ends()
    {
        var client = new FakeClient { Last = (200, """{ "value": [], "nextLink": "https://management.azure.com/again" }""") };
        Assert.Equal(ReadStatus.Failed, (await new ArmMachineLearningReads(client).ListQuotasAsync(Subscription, AzureLocation.EastUS2, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task ListVmSizesAsync_Row_TellsWhatItCarries()
    {
        var client = new FakeClient((200, """{ "value": [ { "name": "S", "family": "f", "vCPUs": 6, "gpus": 1, "supportedComputeTypes": ["AmlCompute", "mir"] }, { "name": "T", "family": "f", "vCPUs": 6, "supportedComputeTypes": ["AmlCompute"] }, { "name": "U", "family": "f", "vCPUs": 6 } ] }"""));
        var read = await new ArmMachineLearningReads(client).ListVmSizesAsync(Subscription, AzureLocation.EastUS2, CancellationToken.None);
        Assert.Equal([true, false, null], read.Value!.Select(size => size.CarriesOnlineEndpoints));
    }

    [Fact]
    public async Task ListResourcesAsync_OtherTypesInTheAnswer_AreLeftOut()
    {
        var client = new FakeClient((200, $$"""{ "value": [ { "id": "{{Online}}", "type": "Microsoft.MachineLearningServices/workspaces/onlineendpoints", "location": "eastus2" }, { "id": "{{Workspace}}", "type": "Microsoft.MachineLearningServices/workspaces" } ] }"""));
        var read = await new ArmMachineLearningReads(client).ListResourcesAsync(Subscription, Online.ResourceType, CancellationToken.None);
        Assert.Equal(new TrackedResource(Online, AzureLocation.EastUS2), Assert.Single(read.Value!));
    }

    [Fact]
    public async Task GetServerlessEndpointAsync_Document_IsRead()
    {
        var client = new FakeClient((200, """{ "properties": { "authMode": "Key", "endpointState": "Online", "provisioningState": "Succeeded", "inferenceEndpoint": { "uri": "https://mini-1.eastus2.models.ai.azure.com" }, "modelSettings": { "modelId": "azureml://registries/azureml/models/Phi-4" }, "contentSafety": { "contentSafetyStatus": "Enabled" } } }"""));
        var value = (await new ArmMachineLearningReads(client).GetServerlessEndpointAsync(Serverless, CancellationToken.None)).Value!;
        Assert.Equal((new Uri("https://mini-1.eastus2.models.ai.azure.com"), "Online", "Succeeded", "Key", "Enabled"), (value.Uri, value.EndpointState, value.ProvisioningState, value.AuthMode, value.ContentSafetyStatus));
    }

    [Theory]
    [InlineData("https://m.eastus2.inference.ml.azure.com/score", "https://m.eastus2.inference.ml.azure.com/")]
    [InlineData("https://127.0.0.1:4433/online/m/score/", "https://127.0.0.1:4433/online/m")]
    public async Task GetOnlineEndpointAsync_Document_GivesBaseAndTraffic(string scoring, string expected)
    {
        var client = new FakeClient((200, $$"""{ "properties": { "authMode": "AADToken", "scoringUri": "{{scoring}}", "traffic": { "default": 100 } } }"""));
        var value = (await new ArmMachineLearningReads(client).GetOnlineEndpointAsync(Online, CancellationToken.None)).Value!;
        Assert.Equal(new Uri(expected), value.BaseUri);
        Assert.Equal(100, value.Traffic["default"]);
    }

    [Fact]
    public async Task ListDeploymentsAsync_Row_IsRead()
    {
        var client = new FakeClient((200, $$"""{ "value": [ { "id": "{{Online}}/deployments/default", "sku": { "name": "Default", "capacity": 2 }, "properties": { "instanceType": "S", "provisioningState": "Succeeded", "model": "azureml://registries/azureml/models/Phi-4/versions/8" } } ] }"""));
        var value = Assert.Single((await new ArmMachineLearningReads(client).ListDeploymentsAsync(Online, CancellationToken.None)).Value!);
        Assert.Equal(("default", "S", 2), (value.Id.Name, value.InstanceType, value.Instances));
    }

    [Fact]
    public async Task ListKeysAsync_Keys_NeverShow()
    {
        var client = new FakeClient((200, """{ "primaryKey": "very-secret", "secondaryKey": "also-secret" }"""));
        var read = await new ArmMachineLearningReads(client).ListKeysAsync(Serverless, CancellationToken.None);
        Assert.Equal("very-secret", read.Value!.Primary.Reveal());
        Assert.DoesNotContain("secret\"", JsonSerializer.Serialize(read.Value));
        Assert.DoesNotContain("very-secret", $"{read} {read.Value} {JsonSerializer.Serialize(read.Value)}");
        Assert.Equal($"POST {Serverless}/listKeys", Assert.Single(client.Requests));
    }

    [Fact]
    public async Task GetTokenAsync_UnixSeconds_AreMoments()
    {
        var client = new FakeClient((200, """{ "accessToken": "t", "expiryTimeUtc": 1700003600, "refreshAfterTimeUtc": 1700000000, "tokenType": "Bearer" }"""));
        var token = (await new ArmMachineLearningReads(client).GetTokenAsync(Online, CancellationToken.None)).Value!;
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700003600), token.ExpiresAt);
    }

    private sealed class FakeClient(params (int Status, string Body)[] answers) : IArmClient
    {
        private readonly Queue<(int Status, string Body)> _answers = new(answers);

        public (int Status, string Body)? Last { get; init; }

        public List<string> Requests { get; } = [];

        public AzureSession Session => throw new NotSupportedException();

        public Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.Path}");
            var (status, body) = _answers.TryDequeue(out var next) ? next : Last ?? throw new DeployException(AzureErrors.Unreachable.With("No answer."));
            return Task.FromResult(new ArmResponse
            {
                Status = status,
                Headers = new Dictionary<string, string>(),
                Body = body.Length == 0 ? null : JsonNode.Parse(body),
                Subject = $"{request.Method} {request.Path}",
            });
        }

        public Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
