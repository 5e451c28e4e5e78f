using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane;

/// <summary>Finds the endpoint of an address, and behind an online endpoint the deployment.</summary>
internal sealed class EndpointFinder(Cloud cloud)
{
    public StoredResource? Endpoint(string kind, string location, string name)
    {
        var type = kind == "serverless" ? ResourceTypes.ServerlessEndpoint : ResourceTypes.OnlineEndpoint;
        var endpoint = cloud.Store.Find(type, Cloud.Normalize(location), name);
        return (string?)endpoint?.Properties["provisioningState"] is "Deleting" ? null : endpoint;
    }

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="wanted">The header <c>azureml-model-deployment</c>: chooses regardless of traffic.</param>
    /// <param name="ticket">A number from 0 to 99 that the traffic split is read with.</param>
    public (EndpointTarget? Target, ArmResponse? Fault) Target(StoredResource endpoint, string? wanted, int ticket)
    {
        if (endpoint.Type == ResourceTypes.ServerlessEndpoint)
        {
            return (string?)endpoint.Properties["endpointState"] != "Online"
                ? (null, InferenceErrors.ModelFailed(503, "not_ready", $"The endpoint is in state {endpoint.Properties["endpointState"]}."))
                : Serving(endpoint, null, ServerlessEndpointBehaviour.ModelOf(endpoint.Body) ?? "");
        }

        var name = wanted ?? Chosen(endpoint, ticket);
        var deployment = name is null ? null : cloud.Store.Get($"{endpoint.Id}/deployments/{name}");
        if (deployment is null)
        {
            return (null, InferenceErrors.Error(404, "Not Found", wanted is null
                ? $"The endpoint '{endpoint.Name}' has no deployment with positive traffic."
                : $"The endpoint '{endpoint.Name}' has no deployment '{wanted}'."));
        }

        return (string?)deployment.Properties["provisioningState"] is "Succeeded" or "Updating" or "Scaling"
            ? Serving(endpoint, deployment, (string?)deployment.Properties["model"] ?? "")
            : (null, InferenceErrors.ModelFailed(503, "not_ready", $"The deployment '{deployment.Name}' is not ready."));
    }

    private (EndpointTarget? Target, ArmResponse? Fault) Serving(StoredResource endpoint, StoredResource? deployment, string modelId) =>
        cloud.Catalog.Models.FindByRegistryId(modelId) is { } model && ModelOffer.IsServed(cloud, model)
            ? (new EndpointTarget(endpoint, model, deployment), null)
            : (null, InferenceErrors.Error(404, "Not Found", $"The model of '{endpoint.Name}' is retired."));

    private static string? Chosen(StoredResource endpoint, int ticket)
    {
        var sum = 0;
        foreach (var (name, share) in endpoint.Properties["traffic"] as System.Text.Json.Nodes.JsonObject ?? [])
        {
            sum += share!.GetValue<int>();
            if (ticket < sum)
            {
                return name;
            }
        }

        return null;
    }
}
