using Azure.Core.Pipeline;
using Azure.ResourceManager;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class PagingTests
{
    [Theory]
    [InlineData("/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2024-11-30", 5)]
    [InlineData("/resources?api-version=2024-03-01", 5)]
    public async Task List_MoreThanAPage_IsLinkedToTheEnd(string list, int count)
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { PageSize = 2 });
        await cloud.WithGroupAsync();
        for (var index = 0; index < count; index++)
        {
            (await cloud.PutIdentityAsync($"identity-{index}")).MustBe(201);
        }

        var names = new List<string>();
        var pages = 0;
        for (var next = cloud.GroupId + list; next is not null; pages++)
        {
            var page = (await cloud.SendAsync("GET", next)).MustBe(200);
            Assert.InRange(page.Names().Length, 1, 2);
            names.AddRange(page.Names());
            var link = (string?)page.Json["nextLink"];
            Assert.True(link is null || link.StartsWith(cloud.Connection.Https.AbsoluteUri, StringComparison.Ordinal), link);
            next = link is null ? null : new Uri(link).PathAndQuery;
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, count).Select(index => $"identity-{index}"), names);
    }

    [Fact]
    public async Task List_FilteredPages_KeepTheFilterAndMissNothing()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { PageSize = 2 });
        await cloud.WithGroupAsync();
        for (var index = 0; index < 9; index++)
        {
            await cloud.PutIdentityAsync($"identity-{index}", new { odd = (index % 2 == 1).ToString() });
        }

        var first = (await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01&$filter=tagName eq 'odd' and tagValue eq 'True'")).MustBe(200);
        Assert.Equal(["identity-1", "identity-3"], first.Names());
        var second = (await cloud.SendAsync("GET", new Uri((string)first.Json["nextLink"]!).PathAndQuery)).MustBe(200);
        Assert.Equal(["identity-5", "identity-7"], second.Names());
        Assert.Null(second.Json["nextLink"]);
    }

    [Fact]
    public async Task List_TopAndTokens_AreChecked()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        await cloud.PutIdentityAsync("a");
        await cloud.PutIdentityAsync("b");
        var one = (await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01&$top=1")).MustBe(200);
        Assert.Equal(["a"], one.Names());
        Assert.Equal(["b"], (await cloud.SendAsync("GET", new Uri((string)one.Json["nextLink"]!).PathAndQuery)).MustBe(200).Names());
        Assert.Contains("'$top'", (await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01&$top=0")).MustBe(400).Message, StringComparison.Ordinal);
        Assert.Equal("InvalidSkipToken", (await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01&$skiptoken=nonsense")).MustBe(400).Code);
    }

    [Fact]
    public async Task ArmClient_PagesOfOne_AreFollowed()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { PageSize = 1 });
        await cloud.WithGroupAsync();
        var client = new ArmClient(IdentityTests.Credential(cloud), cloud.Connection.SubscriptionId, new ArmClientOptions
        {
            Environment = new ArmEnvironment(cloud.Connection.Https, "https://management.azure.com"),
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var subscription = await client.GetDefaultSubscriptionAsync(TestContext.Current.CancellationToken);
        foreach (var name in new[] { "second", "third" })
        {
            (await cloud.PutAsync($"{cloud.Subscription()}/resourceGroups/{name}", "2024-03-01", new { location = "eastus2" })).MustBe(201);
        }

        var names = new List<string>();
        await foreach (var group in subscription.GetResourceGroups().GetAllAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            names.Add(group.Data.Name);
        }

        Assert.Equal(["phi-rg", "second", "third"], names);
    }

    [Fact]
    public async Task MachineLearning_Lists_PageBySkip()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { PageSize = 1 });
        await cloud.WithProjectAsync();
        var first = (await cloud.GetAsync($"{cloud.GroupId}/providers/Microsoft.MachineLearningServices/workspaces", LocalCloud.Ml)).MustBe(200);
        Assert.Matches(@"[?&](\$|%24)skip=", (string?)first.Json["nextLink"]);
        Assert.Equal(["project"], (await cloud.SendAsync("GET", new Uri((string)first.Json["nextLink"]!).PathAndQuery)).MustBe(200).Names());
        var usages = (await cloud.GetAsync($"{cloud.Subscription()}/providers/Microsoft.MachineLearningServices/locations/eastus2/usages", LocalCloud.Ml)).MustBe(200);
        Assert.Single(usages.Json["value"]!.AsArray());
        Assert.NotNull(usages.Json["nextLink"]);
    }
}
