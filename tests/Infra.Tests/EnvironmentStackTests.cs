using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests;

public sealed class EnvironmentStackTests
{
    private const string Projects = """
        [
          { "name": "assistants", "endpoints": [
            { "name": "mini", "model": "Phi-4-mini-instruct", "compute": "serverless", "contentSafety": "disabled" },
            { "name": "big", "model": "Phi-4", "compute": "managed", "version": "8", "instanceType": "Standard_NC24ads_A100_v4", "instances": 2, "auth": "entra" } ] },
          { "name": "search", "endpoints": [ { "name": "mini", "model": "Phi-4-mini-instruct", "compute": "serverless" } ] }
        ]
        """;

    /// <summary>The program reads its configuration from the environment, which a test process has only one of: it is set once, before anything runs.</summary>
    [ModuleInitializer]
    internal static void Configure() => Environment.SetEnvironmentVariable("PULUMI_CONFIG", JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["azure-native:location"] = "eastus2",
        ["phi:projects"] = Projects,
        ["phi:hub"] = """{ "network": "approvedOutbound" }""",
    }));

    private static async Task<(AzureMocks Mocks, EnvironmentStack Stack)> RunAsync()
    {
        var mocks = new AzureMocks();
        var resources = await Deployment.TestAsync<EnvironmentStack>(mocks, new TestOptions { ProjectName = "phi", StackName = "test", IsPreview = false });
        return (mocks, resources.OfType<EnvironmentStack>().Single());
    }

    [Fact]
    public async Task Endpoints_Settings_FollowTheContract()
    {
        var (_, stack) = await RunAsync();

        var endpoints = await OutputUtilities.GetValueAsync(stack.Endpoints);

        Assert.Equal(["mini", "big", "mini"], endpoints.Select(endpoint => endpoint["name"]));
        var big = endpoints[1];
        Assert.Equal("managed", big["compute"]);
        Assert.Equal("8", big["modelVersion"]);
        Assert.Equal("entra", big["auth"]);
        Assert.Matches(@"^https://big-[0-9a-f]{8}\.eastus2\.inference\.ml\.azure\.com$", (string)big["uri"]!);
        Assert.Equal(["default"], ((ImmutableArray<object?>)big["deployments"]!).Cast<string>());
        Assert.Null(endpoints[0]["modelVersion"]);
        Assert.Equal("disabled", endpoints[0]["contentSafety"]);
        Assert.NotEqual(endpoints[0]["uri"], endpoints[2]["uri"]);
    }

    [Fact]
    public async Task Workspaces_Settings_AreOneHubAndItsProjects()
    {
        var (mocks, _) = await RunAsync();

        var workspaces = mocks.OfType("azure-native:machinelearningservices:Workspace");

        Assert.Equal(["assistants", "hub", "search"], workspaces.Select(workspace => workspace.Name));
        var hub = workspaces[1];
        Assert.Equal("Hub", hub.Inputs["kind"]);
        Assert.Equal("AllowOnlyApprovedOutbound", ((ImmutableDictionary<string, object>)hub.Inputs["managedNetwork"])["isolationMode"]);
        Assert.Equal(true, hub.Inputs["provisionNetworkNow"]);
        Assert.All([workspaces[0], workspaces[2]], project => Assert.EndsWith("/hub", (string)project.Inputs["hubResourceId"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task ServerlessEndpoint_MicrosoftModel_HasNoMarketplaceSubscriptionAndNoVersion()
    {
        var (mocks, _) = await RunAsync();

        Assert.Empty(mocks.OfType("azure-native:machinelearningservices:MarketplaceSubscription"));
        var properties = (ImmutableDictionary<string, object>)mocks.OfType("azure-native:machinelearningservices:ServerlessEndpoint")[0].Inputs["properties"];
        var model = (ImmutableDictionary<string, object>)properties["modelSettings"];
        Assert.Equal("azureml://registries/azureml/models/Phi-4-mini-instruct", model["modelId"]);
    }

    [Fact]
    public async Task ManagedEndpoint_Settings_GetsDeploymentThenTraffic()
    {
        var (mocks, _) = await RunAsync();

        var endpoint = Assert.Single(mocks.OfType("azure-native:machinelearningservices:OnlineEndpoint"));
        Assert.False(((ImmutableDictionary<string, object>)endpoint.Inputs["properties"]).ContainsKey("traffic"));
        var deployment = Assert.Single(mocks.OfType("azure-native:machinelearningservices:OnlineDeployment"));
        Assert.Equal(2, Convert.ToInt32(((ImmutableDictionary<string, object>)deployment.Inputs["sku"])["capacity"], System.Globalization.CultureInfo.InvariantCulture));
        var traffic = Assert.Single(mocks.OfType("azure-native:resources:Deployment"));
        Assert.Contains("\"default\":100", JsonSerializer.Serialize(traffic.Inputs["properties"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleAssignments_EntraEndpoint_AreTheLeastThatWork()
    {
        var (mocks, _) = await RunAsync();

        var roles = mocks.OfType("azure-native:authorization:RoleAssignment");

        Assert.Equal(["assistants-big-caller", "hub-vault"], roles.Select(role => role.Name));
        Assert.Equal("caller", roles[0].Inputs["principalId"]);
        Assert.EndsWith("f6c7c914-8db3-469d-8ca1-694a8f32e121", (string)roles[0].Inputs["roleDefinitionId"], StringComparison.Ordinal);
        Assert.Equal("ServicePrincipal", roles[1].Inputs["principalType"]);
        Assert.Equal("principal-of-hub", roles[1].Inputs["principalId"]);
    }
}
