namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class AccessTests
{
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private const string DataScientist = "f6c7c914-8db3-469d-8ca1-694a8f32e121";

    private readonly string _principal = Guid.NewGuid().ToString();

    [Fact]
    public async Task NoRole_IsRefusedInAzuresWords()
    {
        await using var cloud = await StartAsync();
        var refused = (await AsAsync(cloud, "GET", $"{cloud.Workspace("hub")}?api-version={LocalCloud.Ml}")).MustBe(403);
        Assert.Equal("AuthorizationFailed", refused.Code);
        Assert.Equal(
            $"The client '{ControlPlaneExtensions.AppId}' with object id '{_principal}' does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/read' over scope '{cloud.Workspace("hub")}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
            refused.Message);
        (await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(200);
        (await AsAsync(cloud, "GET", $"/providers/Microsoft.Authorization/roleDefinitions/{Reader}?api-version=2022-04-01")).MustBe(200);
        var operation = $"{cloud.Subscription()}/providers/Microsoft.MachineLearningServices/locations/eastus2/mfeOperationsStatus/none?api-version={LocalCloud.Ml}";
        (await AsAsync(cloud, "GET", operation)).MustBe(404);
        (await AsAsync(cloud, "DELETE", operation)).MustBe(403);
        Assert.Empty((await AsAsync(cloud, "GET", "/subscriptions?api-version=2022-12-01")).MustBe(200).Json["value"]!.AsArray());
    }

    [Fact]
    public async Task Reader_OfAGroup_ReadsThereAndWritesNowhere()
    {
        await using var cloud = await StartAsync();
        (await cloud.AssignAsync(cloud.GroupId, Reader, _principal)).MustBe(201);
        (await cloud.PutAsync($"{cloud.Subscription()}/resourceGroups/other", "2024-03-01", new { location = "eastus2" })).MustBe(201);
        (await AsAsync(cloud, "GET", $"{cloud.Workspace("hub")}?api-version={LocalCloud.Ml}")).MustBe(200);
        (await AsAsync(cloud, "POST", $"{cloud.Workspace("hub")}/listKeys?api-version={LocalCloud.Ml}")).MustBe(403);
        (await AsAsync(cloud, "PUT", $"{cloud.GroupId}?api-version=2024-03-01", new { location = "eastus2" })).MustBe(403);
        (await AsAsync(cloud, "GET", $"{cloud.Subscription()}/resourceGroups/other?api-version=2024-03-01")).MustBe(403);
        Assert.Equal([LocalCloud.Group], (await AsAsync(cloud, "GET", $"{cloud.Subscription()}/resourcegroups?api-version=2024-03-01")).MustBe(200).Names());
        Assert.Equal(4, (await AsAsync(cloud, "GET", $"{cloud.Subscription()}/resources?api-version=2024-03-01")).MustBe(200).Names().Length);
        var permissions = (await AsAsync(cloud, "GET", $"{cloud.GroupId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01")).MustBe(200).Json["value"]!.AsArray();
        Assert.Equal("*/read", (string?)Assert.Single(permissions)!["actions"]![0]);
    }

    [Fact]
    public async Task Contributor_AssignsNoRoles_DataScientistDeploysEndpointsOnly()
    {
        await using var cloud = await StartAsync();
        (await cloud.AssignAsync(cloud.GroupId, Contributor, _principal)).MustBe(201);
        var assignment = $"{cloud.GroupId}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}?api-version=2022-04-01";
        Assert.Contains("'Microsoft.Authorization/roleAssignments/write'", (await AsAsync(cloud, "PUT", assignment, new { properties = new { } })).MustBe(403).Message, StringComparison.Ordinal);

        var scientist = Guid.NewGuid().ToString();
        (await cloud.AssignAsync(cloud.Workspace("project"), DataScientist, scientist)).MustBe(201);
        var token = cloud.TokenOf(scientist);
        (await cloud.SendAsync("PUT", $"{cloud.Serverless("mini")}?api-version={LocalCloud.Ml}", ServerlessBody, token)).MustBe(201);
        (await cloud.SendAsync("POST", $"{cloud.Serverless("mini")}/listKeys?api-version={LocalCloud.Ml}", key: token)).MustBe(200);
        (await cloud.SendAsync("DELETE", $"{cloud.Workspace("project")}?api-version={LocalCloud.Ml}", key: token)).MustBe(403);
        (await cloud.SendAsync("POST", $"{cloud.Workspace("project")}/listKeys?api-version={LocalCloud.Ml}", key: token)).MustBe(403);
    }

    [Fact]
    public async Task RolePropagation_CountsFromTheAssignment()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { EnforceRoles = true, TimeProvider = clock, RolePropagation = TimeSpan.FromMinutes(5) });
        await cloud.WithGroupAsync();
        (await cloud.AssignAsync(cloud.GroupId, Reader, _principal)).MustBe(201);
        (await AsAsync(cloud, "GET", $"{cloud.GroupId}?api-version=2024-03-01")).MustBe(403);
        clock.Advance(TimeSpan.FromMinutes(5));
        (await AsAsync(cloud, "GET", $"{cloud.GroupId}?api-version=2024-03-01")).MustBe(200);
    }

    [Fact]
    public async Task RolesOff_AnyPrincipalMay()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var made = (await AsAsync(cloud, "PUT", $"{cloud.Resource("Microsoft.Storage/storageAccounts", "otherstore")}?api-version=2024-01-01", new { location = "eastus2", sku = new { name = "Standard_LRS" }, kind = "StorageV2" })).MustBe(202);
        Assert.Equal(ControlPlaneExtensions.AppId, (string?)made.Json["systemData"]?["createdBy"] ?? ControlPlaneExtensions.AppId);
    }

    [Fact]
    public async Task CustomRole_IsListedFoundAndHeldByItsAssignments()
    {
        await using var cloud = await StartAsync();
        var id = Guid.NewGuid().ToString();
        var path = $"{cloud.Subscription()}/providers/Microsoft.Authorization/roleDefinitions/{id}";
        (await PutRoleAsync(cloud, id, "Group reader", "Microsoft.Resources/subscriptions/resourceGroups/read")).MustBe(201);
        Assert.Equal("RoleDefinitionWithSameNameExists", (await PutRoleAsync(cloud, Guid.NewGuid().ToString(), "group READER", "*/read")).MustBe(409).Code);
        (await PutRoleAsync(cloud, Reader, "Mine", "*")).MustBe(403);
        (await PutRoleAsync(cloud, "no-guid", "Mine", "*")).MustBe(400);
        Assert.Equal("CustomRole", (string?)(await cloud.GetAsync(path, "2022-04-01")).MustBe(200).Json["properties"]!["type"]);
        var list = $"{cloud.Subscription()}/providers/Microsoft.Authorization/roleDefinitions";
        Assert.Equal([id], (await cloud.GetAsync(list, "2022-04-01&$filter=roleName eq 'Group reader'")).MustBe(200).Names());
        Assert.Equal([Contributor], (await cloud.GetAsync(list, "2022-04-01&$filter=roleName eq 'Contributor'")).MustBe(200).Names());
        (await cloud.AssignAsync(cloud.GroupId, id, _principal)).MustBe(201);
        (await AsAsync(cloud, "GET", $"{cloud.GroupId}?api-version=2024-03-01")).MustBe(200);
        (await AsAsync(cloud, "GET", $"{cloud.Workspace("hub")}?api-version={LocalCloud.Ml}")).MustBe(403);
        Assert.Equal("RoleDefinitionHasAssignments", (await cloud.DeleteAsync(path, "2022-04-01")).MustBe(400).Code);
    }

    [Theory]
    [InlineData("atScope()", 1)]
    [InlineData("principalId eq '{principal}'", 2)]
    [InlineData("atScope() and assignedTo('{principal}')", 1)]
    [InlineData("principalId eq 'nobody'", 0)]
    public async Task Assignments_OfAScope_AreFiltered(string filter, int count)
    {
        await using var cloud = await StartAsync();
        (await cloud.AssignAsync(cloud.Subscription(), Reader, _principal)).MustBe(201);
        (await cloud.AssignAsync(cloud.Workspace("hub"), Contributor, _principal)).MustBe(201);
        var list = $"{cloud.GroupId}/providers/Microsoft.Authorization/roleAssignments";
        Assert.Equal(count, (await cloud.GetAsync(list, $"2022-04-01&$filter={filter.Replace("{principal}", _principal, StringComparison.Ordinal)}")).MustBe(200).Names().Length);
    }

    [Fact]
    public async Task Assignments_OverPages_ComeOnceEach()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { PageSize = 2 });
        await cloud.WithProjectAsync();
        foreach (var scope in new[] { cloud.Subscription(), cloud.GroupId, cloud.Workspace("hub"), cloud.Workspace("project") })
        {
            (await cloud.AssignAsync(scope, Reader, _principal)).MustBe(201);
            (await cloud.AssignAsync(scope, Contributor, _principal)).MustBe(201);
        }

        Assert.Equal(8, (await AllAsync(cloud, cloud.GroupId, "")).Distinct().Count());
        Assert.Equal(4, (await AllAsync(cloud, cloud.GroupId, "&$filter=atScope()")).Distinct().Count());
        Assert.Equal(6, (await AllAsync(cloud, cloud.Workspace("hub"), "")).Distinct().Count());
    }

    private static async Task<List<string>> AllAsync(LocalCloud cloud, string scope, string query)
    {
        var names = new List<string>();
        var next = $"{scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01{query}";
        while (next is not null)
        {
            var page = (await cloud.SendAsync("GET", next)).MustBe(200);
            names.AddRange(page.Names());
            next = (string?)page.Json["nextLink"] is { } link ? new Uri(link).PathAndQuery : null;
        }

        Assert.Equal(names.Count, names.Distinct().Count());
        return names;
    }

    internal static object ServerlessBody { get; } = new
    {
        location = "eastus2",
        sku = new { name = "Consumption" },
        properties = new { authMode = "Key", modelSettings = new { modelId = "azureml://registries/azureml/models/Phi-3-mini-4k-instruct" } },
    };

    internal static Task<Answer> PutRoleAsync(LocalCloud cloud, string id, string roleName, params string[] actions) => cloud.PutAsync(
        $"{cloud.Subscription()}/providers/Microsoft.Authorization/roleDefinitions/{id}", "2022-04-01",
        new { properties = new { roleName, assignableScopes = new[] { cloud.Subscription() }, permissions = new[] { new { actions, notActions = Array.Empty<string>() } } } });

    private static async Task<LocalCloud> StartAsync()
    {
        var cloud = await LocalCloud.StartAsync(options => options with { EnforceRoles = true });
        return await cloud.WithProjectAsync();
    }

    private Task<Answer> AsAsync(LocalCloud cloud, string method, string path, object? body = null) => cloud.SendAsync(method, path, body, cloud.TokenOf(_principal));
}
