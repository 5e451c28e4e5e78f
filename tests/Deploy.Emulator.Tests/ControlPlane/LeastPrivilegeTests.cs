namespace Deploy.Emulator.Tests.ControlPlane;

/// <summary>The actions that docs/azure.md names are enough for a deployment, and none of them is too many.</summary>
public sealed class LeastPrivilegeTests
{
    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

    private readonly string _principal = Guid.NewGuid().ToString();

    public static TheoryData<string> Missing() => ["nothing", .. Actions];

    private static readonly string[] Actions =
    [
        "Microsoft.Resources/subscriptions/resourceGroups/write",
        "Microsoft.OperationalInsights/workspaces/write",
        "Microsoft.Insights/components/write",
        "Microsoft.Storage/storageAccounts/write",
        "Microsoft.KeyVault/vaults/write",
        "Microsoft.MachineLearningServices/workspaces/write",
        "Microsoft.MachineLearningServices/workspaces/hubs/join/action",
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints/write",
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints/listKeys/action",
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write",
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/write",
        "Microsoft.Resources/deployments/write",
    ];

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task Deployment_ByACustomRole_NeedsEveryActionNamed(string missing)
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { EnforceRoles = true });
        await cloud.SignInAsync();
        var role = Guid.NewGuid().ToString();
        (await AccessTests.PutRoleAsync(cloud, role, "Phi deployer", [.. Actions.Where(action => action != missing), "*/read"])).MustBe(201);
        (await cloud.AssignAsync(cloud.Subscription(), role, _principal)).MustBe(201);
        Answer? refused = null;
        foreach (var (method, path, body) in Deployment(cloud))
        {
            var answer = await cloud.SendAsync(method, path, body, cloud.TokenOf(_principal));
            if (answer.Status >= 400)
            {
                refused = answer;
                break;
            }

        }

        if (missing == "nothing")
        {
            Assert.Null(refused);
            return;
        }

        Assert.EndsWith("AuthorizationFailed", refused!.MustBe(403).Code, StringComparison.Ordinal);
        Assert.Contains($"'{missing}'", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Method, string Path, object? Body)> Deployment(LocalCloud cloud)
    {
        const string location = "eastus2";
        string At(string id, string api = LocalCloud.Ml) => $"{id}?api-version={api}";
        string Of(string type, string name) => cloud.Resource(type, name);
        yield return ("PUT", At(cloud.GroupId, "2024-03-01"), new { location });
        yield return ("PUT", At(Of("Microsoft.OperationalInsights/workspaces", "logs"), "2023-09-01"), new { location });
        yield return ("PUT", At(Of("Microsoft.Insights/components", "insights"), "2020-02-02"), new { location, kind = "web", properties = new { Application_Type = "web" } });
        yield return ("PUT", At(Of("Microsoft.Storage/storageAccounts", "phistore"), "2024-01-01"), new { location, sku = new { name = "Standard_LRS" }, kind = "StorageV2" });
        yield return ("PUT", At(Of("Microsoft.KeyVault/vaults", "phi-vault"), "2024-11-01"), new { location, properties = new { tenantId = cloud.Connection.TenantId, sku = new { family = "A", name = "standard" } } });
        yield return ("PUT", At(cloud.Workspace("hub")), cloud.HubBody());
        yield return ("PUT", At($"{Of("Microsoft.KeyVault/vaults", "phi-vault")}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", "2022-04-01"),
            new { properties = new { roleDefinitionId = $"{cloud.Subscription()}/providers/Microsoft.Authorization/roleDefinitions/{Reader}", principalId = Guid.NewGuid(), principalType = "ServicePrincipal" } });
        yield return ("PUT", At(cloud.Workspace("project")), new { location, kind = "Project", properties = new { hubResourceId = cloud.Workspace("hub") } });
        yield return ("PUT", At(cloud.Serverless("mini")), AccessTests.ServerlessBody);
        yield return ("POST", At($"{cloud.Serverless("mini")}/listKeys"), null);
        yield return ("PUT", At(cloud.Online("medium")), new { location, identity = new { type = "SystemAssigned" }, properties = new { authMode = "Key" } });
        yield return ("PUT", At($"{cloud.Online("medium")}/deployments/default"), new
        {
            location,
            sku = new { name = "Default", capacity = 1 },
            properties = new { endpointComputeType = "Managed", model = "azureml://registries/azureml/models/Phi-3-medium-128k-instruct/versions/7", instanceType = "Standard_NC48ads_A100_v4" },
        });
        yield return ("PUT", At(Of("Microsoft.Resources/deployments", "traffic"), "2024-03-01"), new
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
                            type = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", apiVersion = LocalCloud.Ml, name = "project/medium", location,
                            identity = new { type = "SystemAssigned" }, properties = new { authMode = "Key", traffic = new Dictionary<string, int> { ["default"] = 100 } },
                        },
                    },
                },
            },
        });
    }
}
