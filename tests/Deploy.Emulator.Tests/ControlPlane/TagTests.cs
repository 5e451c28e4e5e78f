using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class TagTests
{
    private const string Api = "2021-04-01";

    [Fact]
    public async Task Tags_OfAResource_ArePutMergedDeletedAndReplaced()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var identity = (string)(await cloud.PutIdentityAsync("a", new { first = "1" })).MustBe(201).Json["id"]!;
        var tags = $"{identity}/providers/Microsoft.Resources/tags/default";
        Assert.Equal("1", (string?)TagsOf((await cloud.GetAsync(tags, Api)).MustBe(200))["first"]);
        (await cloud.PutAsync(tags, Api, Body(new { second = "2" }))).MustBe(200);
        Assert.Equal("""{"second":"2"}""", (await cloud.GetAsync(identity, "2024-11-30")).Json["tags"]!.ToJsonString());
        Assert.Equal("""{"second":"3","third":"3"}""", TagsOf((await PatchAsync("Merge", new { SECOND = "3", third = "3" })).MustBe(200)).ToJsonString());
        Assert.Equal("""{"second":"3"}""", TagsOf((await PatchAsync("Delete", new { third = "3", second = "other" })).MustBe(200)).ToJsonString());
        Assert.Equal("""{"only":"this"}""", TagsOf((await PatchAsync("Replace", new { only = "this" })).MustBe(200)).ToJsonString());
        Assert.Contains("Replace, Merge, Delete", (await PatchAsync("Add", new { x = "y" })).MustBe(400).Message, StringComparison.Ordinal);
        (await cloud.DeleteAsync(tags, Api)).MustBe(200);
        Assert.Equal("{}", TagsOf((await cloud.GetAsync(tags, Api)).MustBe(200)).ToJsonString());
        (await cloud.GetAsync($"{cloud.Workspace("none")}/providers/Microsoft.Resources/tags/default", Api)).MustBe(404);

        Task<Answer> PatchAsync(string operation, object values) => cloud.SendAsync("PATCH", $"{tags}?api-version={Api}", new { operation, properties = new { tags = values } });
    }

    [Fact]
    public async Task Tags_OfSubscriptionAndGroup_AreKept()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        foreach (var scope in new[] { cloud.Subscription(), cloud.GroupId })
        {
            var tags = $"{scope}/providers/Microsoft.Resources/tags/default";
            (await cloud.PutAsync(tags, Api, Body(new { owner = "me" }))).MustBe(200);
            Assert.Equal("me", (string?)TagsOf((await cloud.GetAsync(tags, Api)).MustBe(200))["owner"]);
        }

        Assert.Equal("me", (string?)(await cloud.GetAsync(cloud.GroupId, "2024-03-01")).Json["tags"]!["owner"]);
        var many = Enumerable.Range(0, 51).ToDictionary(index => $"tag{index}", index => "x");
        (await cloud.PutAsync($"{cloud.GroupId}/providers/Microsoft.Resources/tags/default", Api, Body(many))).MustBe(400);
    }

    [Fact]
    public async Task TagNames_PutListDelete()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        var root = $"{cloud.Subscription()}/tagNames";
        (await cloud.PutAsync($"{root}/team/tagValues/a", Api, new { })).MustBe(404);
        (await cloud.PutAsync($"{root}/team", Api, new { })).MustBe(201);
        (await cloud.PutAsync($"{root}/team", Api, new { })).MustBe(200);
        (await cloud.PutAsync($"{root}/team/tagValues/a", Api, new { })).MustBe(201);
        var listed = (await cloud.GetAsync(root, Api)).MustBe(200).Json["value"]![0]!;
        Assert.Equal("team", (string?)listed["tagName"]);
        Assert.Equal("a", (string?)listed["values"]![0]!["tagValue"]);
        (await cloud.DeleteAsync($"{root}/team", Api)).MustBe(409);
        (await cloud.DeleteAsync($"{root}/team/tagValues/a", Api)).MustBe(200);
        (await cloud.DeleteAsync($"{root}/team", Api)).MustBe(200);
        Assert.Empty((await cloud.GetAsync(root, Api)).MustBe(200).Json["value"]!.AsArray());
    }

    private static object Body(object tags) => new { properties = new { tags } };

    private static JsonNode TagsOf(Answer answer) => answer.Json["properties"]!["tags"]!;
}
