using System.Globalization;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class SubscriptionTests
{
    [Theory]
    [InlineData("Microsoft.Storage", "checkNameAvailability", "2024-01-01", "phistore", "AlreadyExists", "The storage account named phistore is already taken.")]
    [InlineData("Microsoft.Storage", "checkNameAvailability", "2024-01-01", "Phi-Store", "AccountNameInvalid", "Phi-Store is not a valid storage account name.")]
    [InlineData("Microsoft.Storage", "checkNameAvailability", "2024-01-01", "another", null, "")]
    [InlineData("Microsoft.KeyVault", "checkNameAvailability", "2024-11-01", "PHI-vault", "AlreadyExists", "already in use")]
    [InlineData("Microsoft.KeyVault", "checkNameAvailability", "2024-11-01", "1x", "AccountNameInvalid", "is invalid")]
    [InlineData("Microsoft.ContainerRegistry", "checkNameAvailability", "2025-04-01", "no-dash", "Invalid", "5 to 50")]
    [InlineData("Microsoft.ContainerRegistry", "checkNameAvailability", "2025-04-01", "freename", null, "")]
    public async Task CheckName_TakenInvalidOrFree_IsSaid(string ns, string operation, string api, string name, string? reason, string message)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var answer = (await cloud.PostAsync($"{cloud.Subscription()}/providers/{ns}/{operation}", api, new { name, type = "any" })).MustBe(200).Json;
        Assert.Equal(reason is null, (bool)answer["nameAvailable"]!);
        Assert.Equal(reason, (string?)answer["reason"]);
        Assert.Contains(message, (string?)answer["message"] ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckDomain_OfAnAccount_IsTaken()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var path = $"{cloud.Subscription()}/providers/Microsoft.CognitiveServices/checkDomainAvailability";
        var question = new { subdomainName = "phi-domain", type = "Microsoft.CognitiveServices/accounts" };
        Assert.True((bool)(await cloud.PostAsync(path, "2025-06-01", question)).MustBe(200).Json["isSubdomainAvailable"]!);
        var account = new { location = "eastus2", kind = "AIServices", sku = new { name = "S0" }, properties = new { customSubDomainName = "phi-domain" } };
        (await cloud.PutAsync(cloud.Resource("Microsoft.CognitiveServices/accounts", "one"), "2025-06-01", account)).MustBe(201);
        Assert.False((bool)(await cloud.PostAsync(path, "2025-06-01", question)).MustBe(200).Json["isSubdomainAvailable"]!);
        Assert.Equal("CustomDomainInUse", (await cloud.PutAsync(cloud.Resource("Microsoft.CognitiveServices/accounts", "two"), "2025-06-01", account)).MustBe(409).Code);
        (await cloud.PostAsync(path, "2025-06-01", new { })).MustBe(400);
    }

    [Fact]
    public async Task Provider_Unregistered_RefusesWritesUntilRegistered()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var provider = $"{cloud.Subscription()}/providers/Microsoft.ManagedIdentity";
        await cloud.PutIdentityAsync("a");
        Assert.Contains("userAssignedIdentities", (await cloud.PostAsync($"{provider}/unregister", "2021-04-01")).MustBe(409).Message, StringComparison.Ordinal);
        (await cloud.DeleteAsync(cloud.Resource("Microsoft.ManagedIdentity/userAssignedIdentities", "a"), "2024-11-30")).MustBe(200);
        Assert.Equal("Unregistering", (string?)(await cloud.PostAsync($"{provider}/unregister", "2021-04-01")).MustBe(200).Json["registrationState"]);
        Assert.Equal("NotRegistered", (string?)(await cloud.GetAsync(provider, "2021-04-01")).MustBe(200).Json["registrationState"]);
        var refused = (await cloud.PutIdentityAsync("a")).MustBe(409);
        Assert.Equal("MissingSubscriptionRegistration", refused.Code);
        Assert.Equal("The subscription is not registered to use namespace 'Microsoft.ManagedIdentity'. See https://aka.ms/rps-not-found for how to register subscriptions.", refused.Message);
        Assert.Equal("Registering", (string?)(await cloud.PostAsync($"{provider}/register", "2021-04-01")).MustBe(200).Json["registrationState"]);
        Assert.Equal("Registered", (string?)(await cloud.GetAsync(provider, "2021-04-01")).MustBe(200).Json["registrationState"]);
        (await cloud.PutIdentityAsync("a")).MustBe(201);
        (await cloud.PostAsync($"{cloud.Subscription()}/providers/Microsoft.Resources/unregister", "2021-04-01")).MustBe(400);
    }

    [Fact]
    public async Task ExportTemplate_OfAProject_CanBeReadAsATemplate()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini")).MustBe(201);
        var template = (await cloud.PostAsync($"{cloud.GroupId}/exportTemplate", "2024-03-01", new { resources = new[] { "*" } })).MustBe(200).Json["template"]!;
        Assert.EndsWith("deploymentTemplate.json#", (string?)template["$schema"], StringComparison.Ordinal);
        var resources = template["resources"]!.AsArray();
        Assert.Equal(5, resources.Count);
        var endpoint = resources.Single(resource => (string?)resource!["type"] == "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints")!;
        Assert.Equal("project/mini", (string?)endpoint["name"]);
        Assert.Equal(LocalCloud.Ml, (string?)endpoint["apiVersion"]);
        Assert.Equal("[resourceId('Microsoft.MachineLearningServices/workspaces', 'project')]", (string?)endpoint["dependsOn"]![0]);
        Assert.Null(endpoint["properties"]!["provisioningState"]);
        Assert.DoesNotContain("primaryKey", template.ToJsonString(), StringComparison.Ordinal);
        (await cloud.PostAsync($"{cloud.GroupId}/exportTemplate", "2024-03-01", new { })).MustBe(400);
        (await cloud.PostAsync($"{cloud.Subscription()}/resourceGroups/none/exportTemplate", "2024-03-01", new { resources = new[] { "*" } })).MustBe(404);
    }

    [Fact]
    public async Task RateLimitHeaders_CountDownAndRefill()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock });
        await cloud.WithGroupAsync();
        var first = Left(await cloud.GetAsync(cloud.GroupId, "2024-03-01"), "subscription-reads");
        Assert.Equal(first - 1, Left(await cloud.GetAsync(cloud.GroupId, "2024-03-01"), "subscription-reads"));
        Assert.InRange(Left(await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location = "eastus2" }), "subscription-writes"), 100, 199);
        Assert.InRange(Left(await cloud.DeleteAsync(cloud.Resource("Microsoft.ManagedIdentity/userAssignedIdentities", "none"), "2024-11-30"), "subscription-deletes"), 100, 199);
        Assert.InRange(Left(await cloud.GetAsync("/tenants", "2022-12-01"), "tenant-reads"), 100, 249);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(249, Left(await cloud.GetAsync(cloud.GroupId, "2024-03-01"), "subscription-reads"));

        static int Left(Answer answer, string kind) => int.Parse(answer.Headers[$"x-ms-ratelimit-remaining-{kind}"], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task MissingOperations_Are501ByName()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        Assert.Contains("moveResources", (await cloud.PostAsync($"{cloud.GroupId}/moveResources", "2024-03-01", new { })).MustBe(501).Message, StringComparison.Ordinal);
        await cloud.PutStorageAsync("phistore");
        Assert.Contains("Microsoft.Storage/storageAccounts/nothing", (await cloud.GetAsync($"{cloud.Resource("Microsoft.Storage/storageAccounts", "phistore")}/nothing", "2024-01-01")).MustBe(501).Message, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Storage/nothing", (await cloud.PostAsync($"{cloud.Subscription()}/providers/Microsoft.Storage/nothing", "2024-01-01", new { })).MustBe(501).Message, StringComparison.Ordinal);
    }
}
