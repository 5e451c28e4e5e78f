using System.Text.Json.Nodes;
using Deploy.ArmTypes;
using Deploy.Emulator.Faults;
using Microsoft.Extensions.Time.Testing;

namespace Deploy.Emulator.Tests.ControlPlane;

/// <summary>Every failure of an online deployment that "Troubleshoot online endpoint deployment" lists, each by its cause; by a fault rule where a local Azure can have none.</summary>
public sealed class DeploymentErrorTests
{
    private const string DeploymentType = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments";
    private const string BlobReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string PhiImage = "mcr.microsoft.com/azureml/curated/foundation-model-inference:63";

    private sealed record Case(string Name, string Code, string Text, Func<LocalCloud, Task<JsonObject>> Arrange, string Location = "eastus2");

    private static readonly Case[] Cases =
    [
        new("ImageBuildFailure", "ImageBuildFailure", "failed to communicate with the workspace's container registry", async cloud =>
        {
            await WithPrivateRegistryAsync(cloud, isWorkspaces: true);
            return await EnvironmentAsync(cloud, new { image = PhiImage, condaFile = "name: phi" });
        }),
        new("BadArgument, image", "BadArgument", "Unable to download user container image 'nowhere.azurecr.io/phi:1'", cloud => EnvironmentAsync(cloud, new { image = "nowhere.azurecr.io/phi:1" })),
        new("BadArgument, model", "BadArgument", "Unable to download user model", cloud => Task.FromResult(new JsonObject { ["model"] = $"{cloud.Workspace("project")}/models/mine/versions/1" })),
        new("ResourceNotFound, storage", "ResourceNotFound", "Azure Resource Manager can't find a required resource: '/subscriptions/", async cloud =>
        {
            Assert.InRange((await cloud.DeleteAsync(cloud.Resource("Microsoft.Storage/storageAccounts", "phistore"), "2024-01-01")).Status, 200, 204);
            return [];
        }),
        new("ResourceNotFound, environment", "ResourceNotFound", "/environments/phi/versions/2'", cloud => Task.FromResult(new JsonObject { ["environmentId"] = $"{cloud.Workspace("project")}/environments/phi/versions/2" })),
        new("ResourceNotFound, code", "ResourceNotFound", "/codes/phi/versions/1'", cloud => Task.FromResult(new JsonObject
        {
            ["codeConfiguration"] = new JsonObject { ["codeId"] = $"{cloud.Workspace("project")}/codes/phi/versions/1", ["scoringScript"] = "score.py" },
        })),
        new("ResourceNotFound, registry", "ResourceNotFound", "Container registry authorization error: 'phiregistry.azurecr.io' is private or otherwise inaccessible", async cloud =>
        {
            await WithPrivateRegistryAsync(cloud, isWorkspaces: false);
            return await EnvironmentAsync(cloud, new { image = "phiregistry.azurecr.io/phi:1" });
        }),
        new("WorkspaceManagedNetworkNotReady", "WorkspaceManagedNetworkNotReady", "The managed virtual network of the workspace 'project' is not provisioned yet.", async cloud =>
        {
            await PutIsolatedHubAsync(cloud);
            return [];
        }),
        new("SecretsInjectionError, connection", "SecretsInjectionError", "The connection 'search' that the environment variable 'SECRET' refers to doesn't exist", _ => Variable("${{azureml://connections/search/credentials/key}}")),
        new("SecretsInjectionError, credential", "SecretsInjectionError", "has no 'credentials/other'", async cloud =>
        {
            (await cloud.PutAsync($"{cloud.Workspace("hub")}/connections/search", LocalCloud.Ml, new
            {
                properties = new { category = "ApiKey", authType = "ApiKey", target = "https://example.invalid", credentials = new { key = "k" } },
            })).MustBe(200);
            return await Variable("${{azureml://connections/search/credentials/other}}");
        }),
        new("SecretsInjectionError, format", "SecretsInjectionError", "The format of the secret reference", _ => Variable("${{azureml://connections}}")),
        new("SecretsInjectionError, secret", "SecretsInjectionError", "The secret 'key' that the environment variable 'SECRET' refers to doesn't exist in the key vault 'phi-vault'",
            _ => Variable("${{keyvault:https://phi-vault.vault.azure.net/secrets/key/1}}")),

        // huggingface/Microsoft-Azure 63
        new("Registry not in region", "ModelRegistryError",
            "Invalid region spaincentral for operation consume in registry HuggingFace. Region spaincentral is not a supported region for registry HuggingFace. Supported regions are eastus, eastus2, westus,",
            _ => Task.FromResult(new JsonObject { ["model"] = "azureml://registries/HuggingFace/models/phi/versions/1" }), "spaincentral"),
    ];

    // The texts that a rule brings; the words of users' reports where there are any, else the documentation's.
    private static readonly Dictionary<string, string> ByRule = new()
    {
        ["ImageBuildFailure"] = "The image build failed. The build log is available in the workspace blob store under the path \"/azureml/ImageLogs/local/build.log\".",
        ["ImageBuildFailure/authorization"] = "The image build failed: container registry authorization failure.",
        ["ImageBuildFailure/timeout"] = "The image build timed out. The build log is available in the workspace blob store under the path \"/azureml/ImageLogs/local/build.log\".",
        ["OutOfQuota/memory"] = "Container terminated due to insufficient memory.",
        ["OutOfQuota/disk"] = "The size of the model is larger than the available disk space, and the model can't be downloaded.",
        ["OutOfQuota/cluster"] = "Not enough Azure Machine Learning compute cluster quota.",
        ["OutOfQuota/capacity"] = "Due to a lack of Azure Machine Learning capacity in the region, the service failed to provision the specified VM size.",
        ["BadArgument/template"] = "Invalid template function specification.",
        ["BadArgument/image"] = "Unable to download user container image.",
        ["BadArgument/model"] = "Unable to download user model.",
        ["ResourceNotReady"] = "User container has crashed or terminated.",
        ["ResourceNotReady/liveness"] = "User container has crashed or terminated: Liveness probe failed: HTTP probe failed with statuscode: 502.",
        ["OperationCanceled/lock"] = "Operation was canceled due to a previous operation waiting for lock confirmation.",
        ["InternalServerError"] = "Internal error.",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> CaseNames() => [.. Cases.Select(row => row.Name)];

    public static TheoryData<string> RuleNames() => [.. ByRule.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task Deployment_CannotStart_EndsItsOperationAsAzureDoes(string name)
    {
        var row = Cases.Single(row => row.Name == name);
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync(row.Location);
        var more = await row.Arrange(cloud);
        (await PutEndpointAsync(cloud, new { type = "SystemAssigned" }, row.Location)).MustBe(201);
        var error = await FailedAsync(cloud, (await PutAsync(cloud, more, row.Location)).MustBe(201));
        Assert.Equal(row.Code, (string?)error["code"]);
        Assert.Contains(row.Text, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal("Failed", (string?)(await cloud.GetAsync($"{cloud.Online("medium")}/deployments/blue", LocalCloud.Ml)).MustBe(200).Json["properties"]!["provisioningState"]);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public async Task Deployment_FailureByRule_HasAzuresWords(string name)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        await cloud.Azure.AddFaultAsync(new FaultRule { Kind = FaultKinds.OperationFailure, ResourceType = DeploymentType, Code = name }, Cancel);
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        var error = await FailedAsync(cloud, (await PutAsync(cloud, [])).MustBe(201));
        var code = name.Split('/')[0];
        Assert.Equal((code, $"{ByRule[name]} Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-{code.ToLowerInvariant()}"), ((string?)error["code"], (string?)error["message"]));
    }

    [Fact]
    public async Task FaultRule_CaseThatIsNotDocumented_IsRefusedWithTheNames()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var thrown = await Assert.ThrowsAsync<Deploy.Core.DeployException>(() => cloud.Azure.AddFaultAsync(new FaultRule { Kind = FaultKinds.OperationFailure, Code = "OutOfQuota/patience" }, Cancel));
        Assert.Contains(string.Join(", ", ByRule.Keys), thrown.Error.Message, StringComparison.Ordinal);
    }

    // Azure's roles are needed when roles count: Storage Blob Data Reader on the workspace's storage account, AcrPull on its registry.
    [Fact]
    public async Task Deployment_UserIdentityWithoutRoles_IsBadArgument()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { EnforceRoles = true });
        await cloud.WithProjectAsync();
        var identity = (await cloud.PutIdentityAsync("scorer")).MustBe(201).Json;
        (await PutEndpointAsync(cloud, new { type = "UserAssigned", userAssignedIdentities = new Dictionary<string, object> { [(string)identity["id"]!] = new { } } })).MustBe(201);
        var error = await FailedAsync(cloud, (await PutAsync(cloud, [])).MustBe(201));
        Assert.Equal(("BadArgument", true), ((string?)error["code"], ((string)error["message"]!).StartsWith("Startup task failed due to authorization error.", StringComparison.Ordinal)));
        (await cloud.AssignAsync(cloud.Resource("Microsoft.Storage/storageAccounts", "phistore"), BlobReader, (string)identity["properties"]!["principalId"]!)).MustBe(201);
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await PutAsync(cloud, [])).MustBe(200)))["status"]);
    }

    // "Secret injection in online endpoints": the endpoint asks for access to the default secret stores, or its identity is given it.
    [Fact]
    public async Task Deployment_IdentityMayNotReadSecrets_IsSecretsInjectionError()
    {
        const string dataScientist = "f6c7c914-8db3-469d-8ca1-694a8f32e121";
        await using var cloud = await LocalCloud.StartAsync(options => options with { EnforceRoles = true });
        await cloud.WithProjectAsync();
        (await cloud.PutAsync($"{cloud.Workspace("hub")}/connections/search", LocalCloud.Ml, new
        {
            properties = new { category = "ApiKey", authType = "ApiKey", target = "https://example.invalid", credentials = new { key = "k" } },
        })).MustBe(200);
        var endpoint = (await PutEndpointAsync(cloud, new { type = "SystemAssigned" })).MustBe(201).Json;
        var secret = await Variable("${{azureml://connections/search/credentials/key}}");
        var error = await FailedAsync(cloud, (await PutAsync(cloud, secret)).MustBe(201));
        Assert.Equal("SecretsInjectionError", (string?)error["code"]);
        Assert.StartsWith("The endpoint identity doesn't have Azure RBAC permission to read the secrets of the connection 'search'.", (string?)error["message"], StringComparison.Ordinal);
        (await cloud.AssignAsync(cloud.Workspace("hub"), dataScientist, (string)endpoint["identity"]!["principalId"]!)).MustBe(201);
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await PutAsync(cloud, secret)).MustBe(200)))["status"]);

        (await cloud.PutAsync(cloud.Online("asking"), LocalCloud.Ml, new
        {
            location = "eastus2", identity = new { type = "SystemAssigned" }, properties = new { authMode = "Key", properties = new { enforce_access_to_default_secret_stores = "enabled" } },
        })).MustBe(201);
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await PutAsync(cloud, secret, endpoint: "asking")).MustBe(201)))["status"]);
    }

    [Fact]
    public async Task Endpoint_NoRoleAssignmentLeft_IsOutOfQuota()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "roleAssignments": 2 }""", Cancel);
        var principal = Guid.NewGuid().ToString();
        (await cloud.AssignAsync(cloud.GroupId, BlobReader, principal)).MustBe(201);
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await cloud.PutOnlineAsync("roomy")).MustBe(201)))["status"]);
        (await cloud.AssignAsync(cloud.GroupId, BlobReader, Guid.NewGuid().ToString())).MustBe(201);
        Assert.Equal("RoleAssignmentExists", (await cloud.AssignAsync(cloud.GroupId, BlobReader, principal)).MustBe(409).Code);
        var error = await FailedAsync(cloud, (await cloud.PutOnlineAsync("medium")).MustBe(201));
        Assert.Equal(("OutOfQuota", true), ((string?)error["code"], ((string)error["message"]!).Contains("role assignment limit", StringComparison.Ordinal)));
        Assert.Equal("RoleAssignmentLimitExceeded", (await cloud.AssignAsync(cloud.GroupId, BlobReader, Guid.NewGuid().ToString())).MustBe(400).Code);
    }

    // A name may be any of the words that a path is made of.
    [Fact]
    public async Task Deployment_OfAnEndpointNamedLikeItsCollection_Starts()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("onlineEndpoints")).MustBe(201);
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await PutAsync(cloud, [], endpoint: "onlineEndpoints")).MustBe(201)))["status"]);
    }

    [Fact]
    public async Task Deployment_EndpointDeletedMeanwhile_IsCanceled()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { OperationDelays = new Dictionary<string, TimeSpan> { [DeploymentType] = TimeSpan.FromHours(1) } });
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        var made = (await PutAsync(cloud, [])).MustBe(201);
        (await cloud.DeleteAsync(cloud.Online("medium"), LocalCloud.Ml)).MustBe(202);
        var status = await StatusAsync(cloud, made);
        Assert.Equal(("Canceled", "OperationCanceled"), ((string?)status["status"], (string?)status["error"]!["code"]));
        Assert.StartsWith("Operation was canceled by another operation that has a higher priority.", (string?)status["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManagedNetwork_Provisioned_LetsDeploymentsStart()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        Assert.Equal("BadRequest", (await cloud.PostAsync($"{cloud.Workspace("project")}/provisionManagedNetwork", LocalCloud.Ml)).MustBe(400).Code);
        var hub = await PutIsolatedHubAsync(cloud);
        Assert.Equal("Inactive", (string?)hub["properties"]!["managedNetwork"]!["status"]!["status"]);
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        await FailedAsync(cloud, (await PutAsync(cloud, [])).MustBe(201));
        Assert.Equal("Active", (string?)(await cloud.PostAsync($"{cloud.Workspace("hub")}/provisionManagedNetwork", LocalCloud.Ml)).MustBe(200).Json["status"]);
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await PutAsync(cloud, [])).MustBe(200)))["status"]);

        // What was provisioned stays, and a hub can be made with its network.
        Assert.Equal("Active", (string?)(await PutIsolatedHubAsync(cloud))["properties"]!["managedNetwork"]!["status"]!["status"]);
        Assert.Equal("Active", (string?)(await PutIsolatedHubAsync(cloud, "other", isProvisioned: true))["properties"]!["managedNetwork"]!["status"]!["status"]);
    }

    [Fact]
    public async Task Deployment_SecretsThatAreThere_Starts()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutAsync($"{cloud.Workspace("hub")}/connections/search", LocalCloud.Ml, new
        {
            properties = new { category = "ApiKey", authType = "ApiKey", target = "https://example.invalid", credentials = new { key = "k" } },
        })).MustBe(200);
        (await cloud.PutAsync($"{cloud.Resource("Microsoft.KeyVault/vaults", "phi-vault")}/secrets/key", "2024-11-01", new { properties = new { value = "v" } })).MustBe(200);
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        var variables = new JsonObject
        {
            ["A"] = "${{azureml://connections/search/credentials/key}}", ["B"] = "${{azureml://connections/search/target}}", ["C"] = "${{azureml://connections/search}}",
            ["D"] = "${{keyvault:https://phi-vault.vault.azure.net/secrets/key}}", ["E"] = "${{ plain }}",
        };
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, (await PutAsync(cloud, new JsonObject { ["environmentVariables"] = variables })).MustBe(201)))["status"]);
    }

    // Azure/azureml-examples 903
    [Fact]
    public async Task Deployment_SlowAsReported_StaysInProgress()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock, OperationDelays = new Dictionary<string, TimeSpan> { [DeploymentType] = TimeSpan.FromHours(2) } });
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        var made = (await PutAsync(cloud, [])).MustBe(201);
        clock.Advance(TimeSpan.FromMinutes(90));
        await cloud.SignInAsync();
        Assert.Equal("InProgress", (string?)(await StatusAsync(cloud, made))["status"]);
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("Succeeded", (string?)(await StatusAsync(cloud, made))["status"]);
    }

    // Azure-Samples/microsoft-foundry-basic 17
    [Fact]
    public async Task Purge_RightOnTheGroupOnly_IsRefused()
    {
        var principal = Guid.NewGuid().ToString();
        await using var cloud = await LocalCloud.StartAsync(options => options with { EnforceRoles = true });
        await cloud.WithGroupAsync();
        (await cloud.AssignAsync(cloud.GroupId, Contributor, principal)).MustBe(201);
        (await SoftDeleteTests.PutAccountAsync(cloud, "ai", false)).MustBe(201);
        (await cloud.DeleteAsync(cloud.Resource("Microsoft.CognitiveServices/accounts", "ai"), "2025-06-01")).MustBe(200);
        var purge = $"{cloud.Subscription()}/providers/Microsoft.CognitiveServices/locations/eastus2/resourceGroups/{LocalCloud.Group}/deletedAccounts/ai?api-version=2025-06-01";
        Assert.Equal("AuthorizationFailed", (await cloud.SendAsync("DELETE", purge, key: cloud.TokenOf(principal))).MustBe(403).Code);
        (await cloud.AssignAsync(cloud.Subscription(), Contributor, principal)).MustBe(201);
        (await cloud.SendAsync("DELETE", purge, key: cloud.TokenOf(principal))).MustBe(200);
    }

    private static Task<Answer> PutEndpointAsync(LocalCloud cloud, object identity, string location = "eastus2") =>
        cloud.PutAsync(cloud.Online("medium"), LocalCloud.Ml, new { location, identity, properties = new { authMode = "Key" } });

    private static Task<Answer> PutAsync(LocalCloud cloud, JsonObject more, string location = "eastus2", string endpoint = "medium")
    {
        var properties = new JsonObject
        {
            ["endpointComputeType"] = "Managed",
            ["model"] = "azureml://registries/azureml/models/Phi-3-medium-128k-instruct/versions/7",
            ["instanceType"] = "Standard_NC48ads_A100_v4",
        };
        foreach (var (name, value) in more)
        {
            properties[name] = value?.DeepClone();
        }

        return cloud.PutAsync($"{cloud.Online(endpoint)}/deployments/blue", LocalCloud.Ml, new JsonObject { ["location"] = location, ["sku"] = new JsonObject { ["name"] = "Default", ["capacity"] = 1 }, ["properties"] = properties });
    }

    private static async Task<JsonNode> StatusAsync(LocalCloud cloud, Answer started) => (await cloud.SendAsync("GET", new Uri(started.Headers["Azure-AsyncOperation"]).PathAndQuery)).MustBe(200).Json;

    private static async Task<JsonNode> FailedAsync(LocalCloud cloud, Answer started)
    {
        var status = await StatusAsync(cloud, started);
        Assert.Equal("Failed", (string?)status["status"]);
        Assert.NotNull(status["startTime"]);
        Assert.NotNull(status["endTime"]);
        return status["error"]!;
    }

    private static Task<JsonObject> Variable(string value) => Task.FromResult(new JsonObject { ["environmentVariables"] = new JsonObject { ["SECRET"] = value } });

    private static async Task<JsonObject> EnvironmentAsync(LocalCloud cloud, object properties)
    {
        var id = $"{cloud.Workspace("project")}/environments/phi";
        Assert.InRange((await cloud.PutAsync(id, LocalCloud.Ml, new { properties = new { } })).Status, 200, 201);
        Assert.InRange((await cloud.PutAsync($"{id}/versions/1", LocalCloud.Ml, new { properties })).Status, 200, 201);
        return new JsonObject { ["environmentId"] = $"{id}/versions/1" };
    }

    private static async Task WithPrivateRegistryAsync(LocalCloud cloud, bool isWorkspaces)
    {
        var registry = cloud.Resource("Microsoft.ContainerRegistry/registries", "phiregistry");
        Assert.InRange((await cloud.PutAsync(registry, "2023-07-01", new { location = "eastus2", sku = new { name = "Premium" }, properties = new { publicNetworkAccess = "Disabled" } })).Status, 200, 201);
        if (isWorkspaces)
        {
            var hub = System.Text.Json.JsonSerializer.SerializeToNode(cloud.HubBody())!.AsObject();
            hub["properties"]!["containerRegistry"] = registry;
            (await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, hub)).MustBe(200);
            (await cloud.PutAsync(cloud.Workspace("project"), LocalCloud.Ml, new { location = "eastus2", kind = "Project", identity = new { type = "SystemAssigned" }, properties = new { hubResourceId = cloud.Workspace("hub") } })).MustBe(200);
        }
    }

    private static async Task<JsonNode> PutIsolatedHubAsync(LocalCloud cloud, string name = "hub", bool isProvisioned = false)
    {
        var hub = System.Text.Json.JsonSerializer.SerializeToNode(cloud.HubBody())!.AsObject();
        hub["properties"]!["managedNetwork"] = new JsonObject { ["isolationMode"] = "AllowInternetOutbound" };
        if (isProvisioned)
        {
            hub["properties"]!["provisionNetworkNow"] = true;
        }

        const string type = "Microsoft.MachineLearningServices/workspaces";
        var api = ArmTypeIndex.Default.ApiVersions(type).Last(version => ArmTypeIndex.Default.Find(type, version)!.Has("properties", "provisionNetworkNow"));
        var answer = await cloud.PutAsync(cloud.Workspace(name), api, hub);
        Assert.True(answer.Status is 200 or 202, answer.Text);
        return (await cloud.GetAsync(cloud.Workspace(name), LocalCloud.Ml)).MustBe(200).Json;
    }
}
