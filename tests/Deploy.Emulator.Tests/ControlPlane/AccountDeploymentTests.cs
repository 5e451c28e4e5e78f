using Microsoft.Extensions.Time.Testing;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class AccountDeploymentTests
{
    private const string Api = "2025-06-01";

    // "Only customers with existing deployments can create new deployments with this model"; a retired one nobody.
    [Fact]
    public async Task Put_ModelOnItsWayOut_DependsOnTheDateAndOnWhatIsThere()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2025, 6, 15, 0, 0, 0, TimeSpan.Zero));
        await using var cloud = await LocalCloud.StartAsync(options => options with { Lifecycle = LifecycleServing.Real, TimeProvider = clock });
        await cloud.WithGroupAsync();
        (await SoftDeleteTests.PutAccountAsync(cloud, "ai", false)).MustBe(201);
        (await PutAsync(cloud, "legacy", "Phi-3-mini-4k-instruct")).MustBe(201);
        await ToAsync(clock, cloud, 2025, 7, 15);
        (await PutAsync(cloud, "second", "Phi-3-mini-4k-instruct")).MustBe(201);
        Assert.Equal("ServiceModelDeprecating", (await PutAsync(cloud, "other", "Phi-3-mini-128k-instruct")).MustBe(400).Code);
        await ToAsync(clock, cloud, 2025, 8, 30);
        Assert.Equal("ServiceModelDeprecated", (await PutAsync(cloud, "third", "Phi-3-mini-4k-instruct")).MustBe(400).Code);
        (await PutAsync(cloud, "legacy", "Phi-3-mini-4k-instruct", capacity: 2)).MustBe(200);
        (await PutAsync(cloud, "current", "Phi-4")).MustBe(201);
        (await PutAsync(cloud, "another", "gpt-4o", format: "OpenAI")).MustBe(201);
        Assert.Equal("DeploymentModelNotSupported", (await PutAsync(cloud, "wrong", "Phi-4", format: "OpenAI")).MustBe(400).Code);
    }

    [Fact]
    public async Task Put_WithinTheQuota_CountsTheModelInItsLocation()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), """{ "models": { "Phi-4": 10 } }""", TestContext.Current.CancellationToken);
        (await SoftDeleteTests.PutAccountAsync(cloud, "ai", false)).MustBe(201);
        (await PutAsync(cloud, "first", "Phi-4", capacity: 6)).MustBe(201);
        Assert.Equal("InsufficientQuota", (await PutAsync(cloud, "second", "Phi-4", capacity: 5)).MustBe(400).Code);
        (await PutAsync(cloud, "second", "Phi-4", capacity: 4)).MustBe(201);
        Assert.Contains("require 1 new capacity", (await PutAsync(cloud, "first", "Phi-4", capacity: 7)).MustBe(400).Message, StringComparison.Ordinal);
        (await PutAsync(cloud, "first", "Phi-4", capacity: 1)).MustBe(200);
        (await PutAsync(cloud, "unlimited", "Phi-4-mini-instruct", capacity: 5000)).MustBe(201);
        Assert.Contains("require 5000 new capacity", (await PutAsync(cloud, "unlimited", "Phi-4", capacity: 5000)).MustBe(400).Message, StringComparison.Ordinal);
        Assert.Equal("DeploymentModelNotSupported", (await PutAsync(cloud, "first", "Phi-4", format: "OpenAI")).MustBe(400).Code);
    }

    private static Task<LocalCloud> ToAsync(FakeTimeProvider clock, LocalCloud cloud, int year, int month, int day)
    {
        clock.SetUtcNow(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));
        return cloud.SignInAsync();
    }

    private static Task<Answer> PutAsync(LocalCloud cloud, string name, string model, int capacity = 1, string format = "Microsoft") => cloud.PutAsync(
        $"{cloud.Resource("Microsoft.CognitiveServices/accounts", "ai")}/deployments/{name}", Api, new
        {
            sku = new { name = "GlobalStandard", capacity },
            properties = new { model = new { format, name = model, version = "1" } },
        });
}
