namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class ResourceListTests
{
    [Theory]
    [InlineData("resourceType eq 'Microsoft.Storage/storageAccounts'", "phistore")]
    [InlineData("name eq 'ALPHA'", "alpha")]
    [InlineData("name ne 'alpha' and resourceType ne 'Microsoft.Storage/storageAccounts'", "beta")]
    [InlineData("substringof('et', name)", "beta")]
    [InlineData("startswith(name, 'al')", "alpha")]
    [InlineData("location eq 'eastus2' and name eq 'beta'", "beta")]
    [InlineData("resourceGroup eq 'phi-rg' and substringof('store', name)", "phistore")]
    [InlineData("tagName eq 'team' and tagValue eq 'one'", "alpha")]
    [InlineData("tagName eq 'other' or name eq 'alpha'", "alpha,beta")]
    [InlineData("(name eq 'alpha' or name eq 'phistore') and (location eq 'eastus2')", "alpha,phistore")]
    [InlineData("startswith(tagName, 'te')", "alpha,beta")]
    [InlineData("name eq 'it''s'", "")]
    public async Task Filter_EveryForm_FindsExactlyThose(string filter, string expected)
    {
        await using var cloud = await WithThreeAsync();
        var list = (await cloud.GetAsync($"{cloud.Subscription()}/resources", $"2024-03-01&$filter={Uri.EscapeDataString(filter)}")).MustBe(200);
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), list.Names());
    }

    [Theory]
    [InlineData("plan eq 'x'", "'plan'")]
    [InlineData("not (name eq 'x')", "'not'")]
    [InlineData("name gt 'x'", "'gt'")]
    [InlineData("endswith(name, 'x')", "'endswith'")]
    [InlineData("name eq 'x' and", "ends where")]
    [InlineData("name eq x", "single quotes")]
    [InlineData("name eq 'x", "'''")]
    [InlineData("name eq 'x' name", "'name'")]
    public async Task Filter_NotUnderstood_IsRefusedByName(string filter, string named)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        var refused = (await cloud.GetAsync($"{cloud.Subscription()}/resources", $"2024-03-01&$filter={Uri.EscapeDataString(filter)}")).MustBe(400);
        Assert.Equal("InvalidFilterInQueryString", refused.Code);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_Times_AreThoseOfTheWrites()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock });
        await cloud.WithGroupAsync();
        await cloud.PutIdentityAsync("a");
        var created = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMinutes(1));
        await cloud.PutIdentityAsync("a", new { changed = "yes" });
        var row = (await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01&$expand=createdTime,changedTime,provisioningState")).MustBe(200).Row("a");
        Assert.Equal(created, (DateTimeOffset)row["createdTime"]!);
        Assert.Equal(created.AddMinutes(1), (DateTimeOffset)row["changedTime"]!);
        Assert.Equal("Succeeded", (string?)row["provisioningState"]);
        Assert.Null((await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01")).MustBe(200).Row("a")["createdTime"]);
        Assert.Contains("'colour'", (await cloud.GetAsync($"{cloud.GroupId}/resources", "2024-03-01&$expand=colour")).MustBe(400).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_ByTag_AreFiltered()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        foreach (var (name, team) in new[] { ("one", "a"), ("two", "b") })
        {
            (await cloud.PutAsync($"{cloud.Subscription()}/resourceGroups/{name}", "2024-03-01", new { location = "eastus2", tags = new { team } })).MustBe(201);
        }

        Assert.Equal(["two"], (await cloud.GetAsync($"{cloud.Subscription()}/resourcegroups", "2024-03-01&$filter=tagName eq 'team' and tagValue eq 'b'")).MustBe(200).Names());
        (await cloud.SendAsync("HEAD", $"{cloud.Subscription()}/resourceGroups/one?api-version=2024-03-01")).MustBe(204);
        (await cloud.SendAsync("HEAD", $"{cloud.Subscription()}/resourceGroups/three?api-version=2024-03-01")).MustBe(404);
    }

    private static async Task<LocalCloud> WithThreeAsync()
    {
        var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        (await cloud.PutIdentityAsync("alpha", new { team = "one", cost = "two" })).MustBe(201);
        (await cloud.PutIdentityAsync("beta", new { team = "two", other = "one" })).MustBe(201);
        (await cloud.PutStorageAsync("phistore")).MustBe(202);
        return cloud;
    }
}
