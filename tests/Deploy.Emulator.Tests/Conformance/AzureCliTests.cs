using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>The unmodified Azure CLI, signed in with the service principal's secret.</summary>
public sealed class AzureCliTests
{
    private const string Group = "az-group";

    // Sent while the variables are made, not by the CLI.
    private const string TokenOfTheEnvironment = "GET /msi/token";

    [Fact]
    public async Task AzureCli_SignedIn_ManagesGroupsResourcesRolesAndRequests()
    {
        Assert.SkipUnless(ConformanceFolder.IsOnPath("az"), "The Azure CLI (az) is not on PATH.");
        await using var cloud = await LocalCloud.StartAsync();
        var az = await AzureCli.OnAsync(cloud);
        await SignInAsync(az, cloud);
        await GroupsAsync(az);
        await ResourcesAsync(az, cloud);
        await SupportingAsync(az, cloud);
        await RolesAsync(az, cloud);
        await az.RunAsync("group", "delete", "--name", Group, "--yes");
        Assert.Equal("false", (await az.RunAsync("group", "exists", "--name", Group))!.ToJsonString());
        var version = (string)(await az.RunAsync("version"))!["azure-cli"]!;
        ClientEvidence.Compare("azure-cli", $"azure-cli@{version}", OperationName.Of(cloud.Requests()).Where(operation => operation != TokenOfTheEnvironment), isPinned: false);
    }

    // The address of AD FS is what keeps the CLI from asking login.microsoftonline.com whether it may trust this authority.
    private static async Task SignInAsync(AzureCli az, LocalCloud cloud)
    {
        var root = cloud.Connection.Https.GetLeftPart(UriPartial.Authority);
        await az.RunAsync(
            "cloud", "register", "--name", "LocalAzure", "--endpoint-resource-manager", root, "--endpoint-management", root, "--endpoint-active-directory", $"{root}/adfs",
            "--endpoint-active-directory-resource-id", "https://management.azure.com/", "--endpoint-active-directory-graph-resource-id", "https://graph.windows.net/",
            "--suffix-keyvault-dns", ".vault.azure.net", "--profile", "latest");
        await az.RunAsync("cloud", "set", "--name", "LocalAzure");
        await az.RunAsync("login", "--service-principal", "--username", cloud.Connection.ClientId, "--password", cloud.Connection.ClientSecret, "--tenant", cloud.Connection.TenantId);
        Assert.Equal(cloud.Connection.SubscriptionId, (string?)(await az.RunAsync("account", "show"))!["id"]);
    }

    private static async Task GroupsAsync(AzureCli az)
    {
        Assert.Equal("Succeeded", (string?)(await az.RunAsync("group", "create", "--name", Group, "--location", "eastus2", "--tags", "env=test"))!["properties"]!["provisioningState"]);
        Assert.Single((await az.RunAsync("group", "list"))!.AsArray());
        Assert.Equal("test", (string?)(await az.RunAsync("group", "show", "--name", Group))!["tags"]!["env"]);
    }

    private static async Task ResourcesAsync(AzureCli az, LocalCloud cloud)
    {
        var id = $"/subscriptions/{cloud.Connection.SubscriptionId}/resourceGroups/{Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/cli";
        await az.RunAsync("resource", "create", "--id", id, "--api-version", "2023-01-31", "--properties", "{}", "--location", "eastus2");
        Assert.Equal("cli", (string?)(await az.RunAsync("resource", "show", "--ids", id, "--api-version", "2023-01-31"))!["name"]);
        Assert.Single((await az.RunAsync("resource", "list", "--resource-group", Group))!.AsArray());
        await az.RunAsync("resource", "tag", "--ids", id, "--tags", "env=test", "--api-version", "2023-01-31");
        Assert.Single((await az.RunAsync("rest", "--method", "get", "--url", $"{id[..id.LastIndexOf('/')]}?api-version=2023-01-31"))!["value"]!.AsArray());
        await az.RunAsync("resource", "delete", "--ids", id, "--api-version", "2023-01-31");
    }

    private static async Task SupportingAsync(AzureCli az, LocalCloud cloud)
    {
        await az.RunAsync("storage", "account", "create", "--name", "azclistore", "--resource-group", Group, "--location", "eastus2", "--sku", "Standard_LRS");
        var before = (await az.RunAsync("storage", "account", "keys", "list", "--account-name", "azclistore", "--resource-group", Group))!.AsArray();
        var after = (await az.RunAsync("storage", "account", "keys", "renew", "--account-name", "azclistore", "--resource-group", Group, "--key", "primary"))!.AsArray();
        Assert.NotEqual((string?)before[0]!["value"], (string?)after[0]!["value"]);

        // `az keyvault create` asks Microsoft Graph who is signed in.
        var vault = new JsonObject { ["tenantId"] = cloud.Connection.TenantId, ["sku"] = new JsonObject { ["family"] = "A", ["name"] = "standard" }, ["accessPolicies"] = new JsonArray() };
        await az.RunAsync(
            "resource", "create", "--resource-group", Group, "--resource-type", "Microsoft.KeyVault/vaults", "--name", "az-vault", "--api-version", "2024-11-01", "--location", "eastus2", "--properties", vault.ToJsonString());
        await az.RunAsync("keyvault", "delete", "--name", "az-vault", "--resource-group", Group);
        Assert.Single((await az.RunAsync("keyvault", "list-deleted", "--resource-type", "vault"))!.AsArray());
        await az.RunAsync("keyvault", "purge", "--name", "az-vault", "--location", "eastus2");
        await az.RunAsync("lock", "create", "--name", "keep", "--resource-group", Group, "--lock-type", "CanNotDelete");
        await az.RunAsync("lock", "delete", "--name", "keep", "--resource-group", Group);
        await az.RunAsync("provider", "register", "--namespace", "Microsoft.MachineLearningServices");
    }

    // Debian's build of 2.45 fails in its own commands for roles, on every cloud, before it sends anything.
    private static async Task RolesAsync(AzureCli az, LocalCloud cloud)
    {
        var scope = $"/subscriptions/{cloud.Connection.SubscriptionId}";
        var id = $"{scope}/resourceGroups/{Group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}?api-version=2022-04-01";
        var body = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["roleDefinitionId"] = $"{scope}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
                ["principalId"] = Guid.NewGuid().ToString(),
                ["principalType"] = "ServicePrincipal",
            },
        };
        await az.RunAsync("rest", "--method", "put", "--url", id, "--body", body.ToJsonString());
        Assert.Equal((string?)body["properties"]!["principalId"], (string?)(await az.RunAsync("rest", "--method", "get", "--url", id))!["properties"]!["principalId"]);
        await az.RunAsync("rest", "--method", "delete", "--url", id);
    }
}
