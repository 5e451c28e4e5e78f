using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.AzureNative.MachineLearningServices;
using Pulumi.AzureNative.MachineLearningServices.Inputs;
using Pulumi.Testing;
using Xunit;

namespace Pulumi.AzureNative.Tests;

/// <summary>What a program that uses the generated classes sends.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task OnlineDeployment_NestedArgs_SendWireNamesAndDefaults()
    {
        var mocks = new RecordingMocks();

        await Deployment.TestAsync(mocks, new TestOptions(), () =>
        {
            _ = new OnlineDeployment("phi", new OnlineDeploymentArgs
            {
                EndpointName = "ep",
                ResourceGroupName = "rg",
                WorkspaceName = "ws",
                Properties = new ManagedOnlineDeploymentArgs
                {
                    EndpointComputeType = "Managed",
                    InstanceType = "Standard_NC48ads_A100_v4",
                    RequestSettings = new OnlineRequestSettingsArgs { RequestTimeout = "PT90S" },
                },
                Tags = { ["a"] = "b" },
            });
        });

        var inputs = mocks.Resources["azure-native:machinelearningservices:OnlineDeployment"];
        var properties = (ImmutableDictionary<string, object>)inputs["properties"];
        var settings = (ImmutableDictionary<string, object>)properties["requestSettings"];
        Assert.Equal(("Managed", false), (properties["endpointComputeType"], properties["appInsightsEnabled"]));
        Assert.Equal(("PT90S", "PT0.5S"), (settings["requestTimeout"], settings["maxQueueWait"]));
        Assert.Equal("b", ((ImmutableDictionary<string, object>)inputs["tags"])["a"]);
        Assert.False(inputs.ContainsKey("sku"));
    }

    [Fact]
    public async Task ListServerlessEndpointKeys_Output_ReadsTheResult()
    {
        var mocks = new RecordingMocks();
        var key = string.Empty;

        await Deployment.TestAsync(mocks, new TestOptions(), async () =>
        {
            var keys = await ListServerlessEndpointKeys.InvokeAsync(new ListServerlessEndpointKeysArgs { Name = "e", ResourceGroupName = "rg", WorkspaceName = "ws" });
            key = keys.PrimaryKey;
        });

        Assert.Equal("k1", key);
    }

    private sealed class RecordingMocks : IMocks
    {
        public ConcurrentDictionary<string, ImmutableDictionary<string, object>> Resources { get; } = [];

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            Resources[args.Type!] = args.Inputs;
            return Task.FromResult<(string?, object)>(("id-1", args.Inputs));
        }

        public Task<object> CallAsync(MockCallArgs args) =>
            Task.FromResult<object>(ImmutableDictionary<string, object>.Empty.Add("primaryKey", "k1").Add("secondaryKey", "k2"));
    }
}
