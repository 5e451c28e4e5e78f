using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace Infra.Tests;

/// <summary>Answers like an Azure in which everything works, and remembers what was asked for.</summary>
internal sealed class AzureMocks : IMocks
{
    public const string SubscriptionId = "11111111-2222-3333-4444-555555555555";

    private readonly ConcurrentBag<MockResourceArgs> _resources = [];

    public IReadOnlyList<MockResourceArgs> OfType(string type) => [.. _resources.Where(resource => resource.Type == type).OrderBy(resource => resource.Name, StringComparer.Ordinal)];

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        _resources.Add(args);
        var state = args.Inputs.ToBuilder();
        state.TryAdd("name", args.Name!);
        var id = $"/subscriptions/{SubscriptionId}/resourceGroups/rg/providers/{args.Type}/{args.Name}";
        switch (args.Type)
        {
            case "azure-native:machinelearningservices:Workspace":
                state["identity"] = Map(("type", "SystemAssigned"), ("principalId", "principal-of-" + args.Name), ("tenantId", "tenant"));
                break;
            case "azure-native:machinelearningservices:ServerlessEndpoint":
                state["properties"] = ((ImmutableDictionary<string, object>)args.Inputs["properties"])
                    .Add("inferenceEndpoint", Map(("uri", $"https://{args.Inputs["name"]}.eastus2.models.ai.azure.com/")));
                break;
            case "azure-native:machinelearningservices:OnlineEndpoint":
                state["name"] = args.Inputs["endpointName"];
                state["properties"] = ((ImmutableDictionary<string, object>)args.Inputs["properties"])
                    .Add("scoringUri", $"https://{args.Inputs["endpointName"]}.eastus2.inference.ml.azure.com/score");
                break;
            case "azure-native:machinelearningservices:OnlineDeployment":
                state["name"] = args.Inputs["deploymentName"];
                break;
        }

        return Task.FromResult<(string?, object)>((id, state.ToImmutable()));
    }

    public Task<object> CallAsync(MockCallArgs args) => args.Token switch
    {
        "azure-native:authorization:getClientConfig" => Task.FromResult<object>(Map(
            ("clientId", "client"), ("objectId", "caller"), ("subscriptionId", SubscriptionId), ("tenantId", "tenant"))),
        _ => throw new InvalidOperationException($"function {args.Token} is not expected"),
    };

    private static ImmutableDictionary<string, object> Map(params (string Name, object Value)[] entries) => entries.ToImmutableDictionary(entry => entry.Name, entry => entry.Value);
}
