using Deploy.Engine.Providers;
using Deploy.Engine.Values;
using Xunit;
using static Deploy.Engine.Tests.Providers.AzureNative.ProviderFixture;

namespace Deploy.Engine.Tests.Providers.AzureNative;

public sealed class DiffTests
{
    private const string Workspace = "machinelearningservices:Workspace";

    private static readonly PropertyMap Hub = Map("""
        {"resourceGroupName":"rg","workspaceName":"hub1","location":"eastus2","kind":"Hub","azureApiVersion":"2025-12-01",
         "keyVault":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv","tags":{"a":"1"},
         "identity":{"type":"UserAssigned","userAssignedIdentities":["/subscriptions/s/one","/subscriptions/s/two"]}}
        """);

    [Fact]
    public async Task DiffAsync_SameInputs_NoChange()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var diff = await fixture.DiffAsync(Workspace, Hub.With("__createBeforeDelete", true), Hub);

        Assert.Equal(DiffChanges.None, diff.Changes);
        Assert.Empty(diff.DetailedDiff);
    }

    [Fact]
    public async Task DiffAsync_SpellingOnly_NoChange()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var spelled = Hub.With("location", "East US 2").With("resourceGroupName", "RG")
            .With("keyVault", "/subscriptions/s/resourcegroups/RG/providers/microsoft.keyvault/vaults/KV")
            .With("identity", Map("""{"type":"UserAssigned","userAssignedIdentities":["/subscriptions/S/two","/subscriptions/s/one"]}"""));

        Assert.Equal(DiffChanges.None, (await fixture.DiffAsync(Workspace, Hub, spelled)).Changes);
    }

    [Fact]
    public async Task DiffAsync_NestedAddUpdateDelete_NamesEachPath()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var changed = Hub.With("tags", Map("""{"a":"2","b.c":"3"}""")).Without("kind");

        var diff = await fixture.DiffAsync(Workspace, Hub, changed);

        Assert.Equal(
            [("kind", DiffKind.Delete), ("tags.a", DiffKind.Update), ("tags[\"b.c\"]", DiffKind.Add)],
            diff.DetailedDiff.Select(d => (d.Key, d.Value.Kind)).OrderBy(d => d.Key, StringComparer.Ordinal));
        Assert.Equal(["kind", "tags"], diff.Diffs.Order(StringComparer.Ordinal));
        Assert.Empty(diff.Replaces);
    }

    [Fact]
    public async Task DiffAsync_PathParameterAndLocation_Replace()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var diff = await fixture.DiffAsync(Workspace, Hub, Hub.With("workspaceName", "hub2").With("location", "westus"));

        Assert.Equal(["location", "workspaceName"], diff.Replaces.Order(StringComparer.Ordinal));
        Assert.Equal(DiffKind.UpdateReplace, diff.DetailedDiff["location"].Kind);
        Assert.True(diff.DeleteBeforeReplace);
    }

    [Fact]
    public async Task DiffAsync_UniqueName_IsCreatedBeforeTheOldOneGoes()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var diff = await fixture.DiffAsync(Workspace, Hub, Hub.With("location", "westus").With("__createBeforeDelete", true));

        Assert.False(diff.DeleteBeforeReplace);
    }

    [Fact]
    public async Task DiffAsync_UnknownPathParameter_Replaces()
    {
        var fixture = await ProviderFixture.CreateAsync();

        Assert.Equal(["resourceGroupName"], (await fixture.DiffAsync(Workspace, Hub, Hub.With("resourceGroupName", PropertyValue.Unknown))).Replaces);
    }

    [Fact]
    public async Task DiffAsync_AddedForceNewThatIsSoAlready_DoesNotReplace()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var old = Map("""{"resourceGroupName":"rg","accountName":"sa","azureApiVersion":"2024-01-01"}""");

        var diff = await fixture.DiffAsync("storage:StorageAccount", old, old.With("isHnsEnabled", true), Map("""{"isHnsEnabled":true}"""));

        Assert.Equal(DiffKind.Add, diff.DetailedDiff["isHnsEnabled"].Kind);
        Assert.Empty(diff.Replaces);
    }

    [Fact]
    public async Task DiffAsync_AddedDefault_IsNoChange()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var old = Map("""{"principalId":"p","scope":"/s","azureApiVersion":"2022-04-01"}""");

        Assert.Equal(DiffChanges.None, (await fixture.DiffAsync("authorization:RoleAssignment", old, old.With("principalType", "User"))).Changes);
    }

    [Fact]
    public async Task DiffAsync_ApiVersionOnlyInOldOutputs_CountsAsOldInput()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var diff = await fixture.DiffAsync(Workspace, Hub.Without("azureApiVersion"), Hub, Map("""{"azureApiVersion":"2025-12-01"}"""));

        Assert.Equal(DiffChanges.None, diff.Changes);
    }

    [Fact]
    public async Task DiffAsync_ModelInsideProperties_IsAnUpdate()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var old = Map("""{"name":"e","properties":{"authMode":"Key","contentSafety":{"contentSafetyStatus":"Enabled"}}}""");
        var @new = Map("""{"name":"e","properties":{"authMode":"Key","contentSafety":{"contentSafetyStatus":"Disabled"}}}""");

        var diff = await fixture.DiffAsync("machinelearningservices:ServerlessEndpoint", old, @new);

        Assert.Equal("properties.contentSafety.contentSafetyStatus", Assert.Single(diff.DetailedDiff).Key);
        Assert.Empty(diff.Replaces);
    }
}
