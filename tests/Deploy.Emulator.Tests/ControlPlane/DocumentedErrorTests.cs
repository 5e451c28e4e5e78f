using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.ControlPlane;

/// <summary>Every failure of the control plane that users of Azure have reported in public, by its symptom: status, code and text.</summary>
public sealed class DocumentedErrorTests
{
    private sealed record Row(string Symptom, int Status, string Code, string Text, Func<LocalCloud, Task<Answer>> Provoke)
    {
        public Func<LocalAzureOptions, LocalAzureOptions>? Configure { get; init; }

        /// <summary>Where the text stands; the message unless said otherwise.</summary>
        public Func<Answer, string?>? Read { get; init; }
    }

    private static readonly Row[] Rows =
    [
        // Azure/terraform-provider-azapi 662
        new("Model not in region", 400, "UserError", "The requested model azureml://registries/azureml/models/Phi-3-mini-4k-instruct is not available in region UK South.",
            async cloud => await (await WithWorkspaceInAsync(cloud, "uksouth")).PutServerlessAsync("mini", project: "remote", location: "uksouth")),
        new("Model not in region: additional info", 400, "UserError", "ComponentName", async cloud => await (await WithWorkspaceInAsync(cloud, "uksouth")).PutServerlessAsync("mini", project: "remote", location: "uksouth"))
        {
            Read = answer => (string?)answer.Json["error"]!["additionalInfo"]![0]!["type"],
        },

        // Azure-Samples/azureai-foundry-finetuning-raft 45
        new("Serverless name taken", 400, "UserError", "Serverless endpoint name 'mini' is not available. Please select a different name.", async cloud =>
        {
            (await cloud.PutServerlessAsync("mini")).MustBe(201);
            return await (await WithWorkspaceInAsync(cloud, "eastus2")).PutServerlessAsync("mini", project: "remote");
        }),

        // Azure-Samples/Azure-Functions-OpenAI-Demo 30
        new("Retired model in an AI Services account", 400, "ServiceModelDeprecated", "The model 'Format:Microsoft,Name:Phi-3-mini-4k-instruct,Version:1' has been deprecated since 08/30/2025 00:00:00.",
            async cloud => await DeployToAccountAsync(cloud, "phi", "Phi-3-mini-4k-instruct", "1"))
        {
            Configure = On(2025, 9, 1),
        },

        // microsoft/microsoft-foundry-for-vscode 557
        new("Deprecated model in an AI Services account", 400, "ServiceModelDeprecating", "The model 'Format:Microsoft,Name:Phi-3-mini-4k-instruct,Version:1' is in deprecating state and cannot be used for new deployments.",
            async cloud => await DeployToAccountAsync(cloud, "phi", "Phi-3-mini-4k-instruct", "1"))
        {
            Configure = On(2025, 7, 15),
        },

        // microsoft/microsoft-foundry-for-vscode 497
        new("Unknown model in an AI Services account", 400, "DeploymentModelNotSupported", "The model 'Format:Microsoft,Name:Phi-9,Version:1' of account deployment is not supported.",
            async cloud => await DeployToAccountAsync(cloud, "phi", "Phi-9", "1")),
        new("Unknown model in an AI Services account: version", 400, "DeploymentModelNotSupported", "The model 'Format:Microsoft,Name:Phi-4,Version:99' of account deployment is not supported.",
            async cloud => await DeployToAccountAsync(cloud, "phi", "Phi-4", "99")),
        new("Unknown model in an AI Services account: not per token", 400, "DeploymentModelNotSupported", "The model 'Format:Microsoft,Name:Phi-3-vision-128k-instruct,Version:2' of account deployment is not supported.",
            async cloud => await DeployToAccountAsync(cloud, "phi", "Phi-3-vision-128k-instruct", "2")),

        // akshata29/entaoai 30
        new("No version of a deprecated model", 400, "DeploymentModelNotSupported",
            "Creating account deployment is not supported by the model 'Phi-3-mini-4k-instruct'. This is usually because there are better models available for the similar functionality.",
            async cloud => await DeployToAccountAsync(cloud, "phi", "Phi-3-mini-4k-instruct", null))
        {
            Configure = On(2025, 9, 1),
        },

        // Azure-Samples/azure-search-openai-demo 2091, microsoft/PubSec-Info-Assistant 880
        new("Quota of an AI Services account", 400, "InsufficientQuota",
            "This operation require 30 new capacity in quota Tokens Per Minute (thousands) - Phi-4, which is bigger than the current available capacity 8. The current quota usage is 12 and the quota limit is 20 for quota Tokens Per Minute (thousands) - Phi-4.",
            async cloud =>
            {
                await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "models": { "Phi-4": 1000 }, "locations": { "eastus2": { "phi-4": 20 } } }""");
                (await DeployToAccountAsync(cloud, "first", "Phi-4", "7", capacity: 12)).MustBe(201);
                return await DeployToAccountAsync(cloud, "second", "Phi-4", "7", capacity: 30);
            }),

        // MicrosoftLearning/mslearn-azure-ml 30
        new("Out of quota on create", 400, "BadRequest", "The request is invalid.", OutOfQuotaAsync),
        new("Out of quota on create: detail code", 400, "BadRequest", "InferencingClientCreateDeploymentFailed", OutOfQuotaAsync) { Read = answer => (string?)Detail(answer)["code"] },
        new("Out of quota on create: detail text", 400, "BadRequest",
            "Not enough quota available for Standard_NC48ads_A100_v4 in SubscriptionId 10ca1a2e-0000-4000-8000-000000000001. Current usage/limit: 0/6. Additional needed: 48 Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota",
            OutOfQuotaAsync)
        {
            Read = answer => (string?)Embedded(answer)["errors"]!["VmSize"]![0],
        },
        new("Out of quota on create: embedded problem", 400, "BadRequest", "400 One or more validation errors occurred. https://tools.ietf.org/html/rfc7231#section-6.5.1", OutOfQuotaAsync)
        {
            Read = answer => $"{Embedded(answer)["status"]} {Embedded(answer)["title"]} {Embedded(answer)["type"]}",
        },

        new("Out of quota: endpoints of the region", 400, "OutOfQuota", "allowed are 100", async cloud =>
        {
            for (var index = 0; index < 100; index++)
            {
                (await cloud.PutOnlineAsync($"endpoint-{index}")).MustBe(201);
            }

            return await cloud.PutOnlineAsync("endpoint-100");
        }),
        new("Out of quota: deployments of an endpoint", 400, "OutOfQuota", "allowed are 20", async cloud =>
        {
            (await cloud.PutOnlineAsync("medium")).MustBe(201);
            await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "cores": 100000 }""");
            for (var index = 0; index < 20; index++)
            {
                (await cloud.PutDeploymentAsync("medium", $"blue-{index}")).MustBe(201);
            }

            return await cloud.PutDeploymentAsync("medium", "blue-20");
        }),

        new("Out of quota: deployments of the region", 400, "OutOfQuota", "allowed are 1", async cloud =>
        {
            await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "deployments": 1 }""");
            (await cloud.PutOnlineAsync("first")).MustBe(201);
            (await cloud.PutOnlineAsync("second")).MustBe(201);
            (await cloud.PutDeploymentAsync("first", "blue")).MustBe(201);
            return await cloud.PutDeploymentAsync("second", "blue");
        }),

        // "Troubleshoot online endpoint deployment"
        new("Model not in the registry", 400, "ModelRegistryError", "The model 'azureml://registries/azureml/models/Phi-9/versions/1' does not exist in the registry.", async cloud =>
        {
            (await cloud.PutOnlineAsync("medium")).MustBe(201);
            return await cloud.PutDeploymentAsync("medium", "blue", model: "Phi-9/versions/1");
        }),

        // azure-sdk-for-net 36961
        new("Deployment right after endpoint success", 409, "Conflict", "Cannot create a deployment in endpoint medium because it is in Updating provisioning state.", async cloud =>
        {
            (await cloud.PutOnlineAsync("medium")).MustBe(201);
            await cloud.Azure.Management.SetClockAsync("1m", null, TestContext.Current.CancellationToken);
            (await cloud.PutOnlineAsync("medium")).MustBe(200);
            return await cloud.PutDeploymentAsync("medium", "blue");
        })
        {
            Configure = options => options with { OperationDelays = new Dictionary<string, TimeSpan> { ["Microsoft.MachineLearningServices/workspaces/onlineEndpoints"] = TimeSpan.FromMinutes(1) } },
        },

        // Azure/mlops-project-template 29
        new("Online endpoint name taken", 400, "BadRequest", "There is already an endpoint with this name, endpoint name needs to be unique within a region", async cloud =>
        {
            (await cloud.PutOnlineAsync("medium")).MustBe(201);
            await WithWorkspaceInAsync(cloud, "eastus2");
            return await cloud.PutAsync($"{cloud.Workspace("remote")}/onlineEndpoints/medium", LocalCloud.Ml, new { location = "eastus2", identity = new { type = "SystemAssigned" }, properties = new { authMode = "Key" } });
        }),
        new("Concurrent operation", 409, "Conflict", "Another operation on the resource 'mini' is in progress.", async cloud =>
        {
            (await cloud.PutServerlessAsync("mini")).MustBe(201);
            return await cloud.PutServerlessAsync("mini");
        })
        {
            Configure = options => options with { OperationDelays = new Dictionary<string, TimeSpan> { ["Microsoft.MachineLearningServices/workspaces/serverlessEndpoints"] = TimeSpan.FromMinutes(1) } },
        },

        // MicrosoftLearning/mslearn-azure-ml 106, Azure/CloudShell 487
        new("Provider not registered", 400, "SubscriptionNotRegistered",
            "Resource provider [N/A] isn't registered with Subscription [N/A]. Please see troubleshooting guide, available here: https://aka.ms/register-resource-provider", async cloud =>
            {
                (await cloud.PostAsync($"{cloud.Subscription()}/providers/Microsoft.PolicyInsights/unregister", "2021-04-01")).MustBe(200);
                return await cloud.PutOnlineAsync("medium");
            }),

        // Azure-Samples/contoso-chat 55
        new("Vault name soft-deleted", 409, "ConflictError", "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.", async cloud =>
        {
            (await cloud.PutVaultAsync("gone-vault")).MustBe(200);
            (await cloud.DeleteAsync(cloud.Resource("Microsoft.KeyVault/vaults", "gone-vault"), "2024-11-01")).MustBe(200);
            return await cloud.PutVaultAsync("gone-vault");
        }),

        // alan-turing-institute/data-safe-haven 2523
        new("Vault name live elsewhere", 409, "VaultAlreadyExists", "The vault name 'phi-vault' is already in use.", async cloud => await cloud.PutAsync(
            $"{await OtherGroupAsync(cloud)}/providers/Microsoft.KeyVault/vaults/phi-vault", "2024-11-01", new { location = "eastus2", properties = new { tenantId = cloud.Connection.TenantId, sku = new { family = "A", name = "standard" } } })),

        // Azure/azure-cli 18146, pulumi-azure-native 2529
        new("AI Services soft-deleted", 409, "FlagMustBeSetForRestore",
            "has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.", async cloud =>
            {
                (await SoftDeleteTests.PutAccountAsync(cloud, "ai", false)).MustBe(201);
                (await cloud.DeleteAsync(cloud.Resource("Microsoft.CognitiveServices/accounts", "ai"), "2025-06-01")).MustBe(200);
                return await SoftDeleteTests.PutAccountAsync(cloud, "ai", false);
            }),

        // Azure/ResourceModules 3596, Azure/azure-cli 33756
        new("Workspace soft-deleted", 400, "BadRequest", "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete", async cloud =>
        {
            (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
            return await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, cloud.HubBody());
        }),

        // Azure/azure-quickstart-templates 5284
        new("Log Analytics name", 409, "Conflict", "The workspace name 'logs' is not unique", async cloud =>
        {
            var logs = cloud.Resource("Microsoft.OperationalInsights/workspaces", "logs");
            (await cloud.PutAsync(logs, "2023-09-01", new { location = "eastus2" })).MustBe(201);
            (await cloud.DeleteAsync(logs, "2023-09-01")).MustBe(200);
            return await cloud.PutAsync(logs, "2023-09-01", new { location = "westeurope" });
        }),

        // Azure/avdaccelerator 99
        new("Role assignment too early", 400, "PrincipalNotFound", "does not exist in the directory", async cloud =>
            await cloud.AssignAsync(cloud.GroupId, Reader, (string)(await cloud.PutIdentityAsync("fresh")).MustBe(201).Json["properties"]!["principalId"]!, principalType: null))
        {
            Configure = options => options with { PrincipalReplication = TimeSpan.FromMinutes(1) },
        },

        // Azure/bicep 11367, 19936
        new("Role assignment duplicate", 409, "RoleAssignmentExists", "The role assignment already exists.", async cloud =>
        {
            var principal = Guid.NewGuid().ToString();
            (await cloud.AssignAsync(cloud.GroupId, Reader, principal)).MustBe(201);
            return await cloud.AssignAsync(cloud.GroupId, Reader, principal);
        }),

        // azure-docs 85310
        new("Role assignment GUID reused for new principal", 400, "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.", async cloud =>
        {
            var name = Guid.NewGuid();
            (await cloud.AssignAsync(cloud.GroupId, Reader, Guid.NewGuid().ToString(), name: name)).MustBe(201);
            return await cloud.AssignAsync(cloud.GroupId, Reader, Guid.NewGuid().ToString(), name: name);
        }),
    ];

    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

    public static TheoryData<string> Symptoms() => [.. Rows.Select(row => row.Symptom)];

    [Theory]
    [MemberData(nameof(Symptoms))]
    public async Task Symptom_Provoked_AnswersAsAzureDoes(string symptom)
    {
        var row = Rows.Single(row => row.Symptom == symptom);
        await using var cloud = await LocalCloud.StartAsync(row.Configure);
        await cloud.WithProjectAsync();
        var answer = (await row.Provoke(cloud)).MustBe(row.Status);
        Assert.Equal(row.Code, answer.Code);
        Assert.Contains(row.Text, row.Read is null ? answer.Message : row.Read(answer), StringComparison.Ordinal);
    }

    // Azure/terraform-provider-azapi 731: the deletion of a hub outlives its client.
    [Fact]
    public async Task HubDeletion_LongerThanTheClientWaits_GoesOnWithoutIt()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with
        {
            TimeProvider = clock,
            OperationDelays = new Dictionary<string, TimeSpan> { ["Microsoft.MachineLearningServices/workspaces"] = TimeSpan.FromMinutes(45) },
        });
        await cloud.WithGroupAsync();
        await cloud.PutStorageAsync("phistore");
        await cloud.PutVaultAsync("phi-vault");
        (await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, cloud.HubBody())).MustBe(202);
        clock.Advance(TimeSpan.FromMinutes(45));
        var deleted = (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
        clock.Advance(TimeSpan.FromMinutes(15));
        (await cloud.SendAsync("GET", new Uri(deleted.Headers["Location"]).PathAndQuery)).MustBe(202);
        Assert.Equal("Deleting", (string?)(await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(200).Json["properties"]!["provisioningState"]);
        clock.Advance(TimeSpan.FromMinutes(30));
        await cloud.SignInAsync();
        (await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(404);
    }

    private static JsonNode Detail(Answer answer) => answer.Json["error"]!["details"]![0]!;

    private static JsonNode Embedded(Answer answer) => (string)Detail(answer)["message"]! is var message ? JsonNode.Parse(message[message.IndexOf('{', StringComparison.Ordinal)..])! : null!;

    private static async Task<Answer> OutOfQuotaAsync(LocalCloud cloud)
    {
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "cores": 6 }""");
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        return await cloud.PutDeploymentAsync("medium", "blue");
    }

    // Azure's own dates, on a day when they said so.
    private static Func<LocalAzureOptions, LocalAzureOptions> On(int year, int month, int day) => options => options with
    {
        Lifecycle = LifecycleServing.Real,
        TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero)),
    };

    private static async Task<Answer> DeployToAccountAsync(LocalCloud cloud, string deployment, string model, string? version, int capacity = 1)
    {
        Assert.True((await SoftDeleteTests.PutAccountAsync(cloud, "ai", false)).Status is 200 or 201);
        return await cloud.PutAsync($"{cloud.Resource("Microsoft.CognitiveServices/accounts", "ai")}/deployments/{deployment}", "2025-06-01", new
        {
            sku = new { name = "GlobalStandard", capacity },
            properties = new { model = version is null ? new { format = "Microsoft", name = model } : (object)new { format = "Microsoft", name = model, version } },
        });
    }

    private static async Task<string> OtherGroupAsync(LocalCloud cloud)
    {
        var id = $"{cloud.Subscription()}/resourceGroups/other";
        (await cloud.PutAsync(id, "2024-03-01", new { location = "eastus2" })).MustBe(201);
        return id;
    }

    private static async Task<LocalCloud> WithWorkspaceInAsync(LocalCloud cloud, string location)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(cloud.HubBody(location))!.AsObject();
        body["kind"] = "Default";
        (await cloud.PutAsync(cloud.Workspace("remote"), LocalCloud.Ml, body)).MustBe(202);
        return cloud;
    }
}
