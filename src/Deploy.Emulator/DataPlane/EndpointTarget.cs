using System.Text.Json.Nodes;
using System.Xml;
using Deploy.Catalog;
using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.DataPlane;

/// <summary>Where a request for model inference goes.</summary>
/// <param name="Endpoint">The serverless or online endpoint.</param>
/// <param name="Model">What it serves.</param>
/// <param name="Deployment">The deployment chosen; null for serverless.</param>
internal sealed record EndpointTarget(StoredResource Endpoint, CatalogModel Model, StoredResource? Deployment)
{
    public bool IsManaged => Deployment is not null;

    /// <summary>What limits are counted by: the deployment behind an online endpoint, else the endpoint.</summary>
    public string Key => (Deployment ?? Endpoint).Key;

    /// <summary>Whether prompts go through Azure AI Content Safety; managed compute has none built in.</summary>
    public bool IsFiltered => !IsManaged && (string?)Endpoint.Properties["contentSafety"]?["contentSafetyStatus"] is "Enabled";

    /// <summary>How many requests managed compute works on at a time; one per instance unless the deployment says otherwise.</summary>
    public int Concurrency => Deployment is null ? int.MaxValue
        : (Settings?["maxConcurrentRequestsPerInstance"] is JsonValue value && value.TryGetValue<int>(out var most) && most > 0 ? most : 1)
            * OnlineDeploymentBehaviour.InstancesOf(Deployment.Body);

    /// <summary>How long managed compute lets the model work; null for serverless.</summary>
    public TimeSpan? RequestTimeout(Limits limits) => Deployment is null ? null
        : Settings?["requestTimeout"] is JsonValue value && value.TryGetValue<string>(out var text) && TryDuration(text) is { } given ? given
        : TimeSpan.FromSeconds(limits.Managed.RequestTimeoutSeconds);

    private JsonObject? Settings => Deployment?.Properties["requestSettings"] as JsonObject;

    private static TimeSpan? TryDuration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text) is { Ticks: > 0 } span ? span : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // The control plane takes any text here; the limit of the service applies then.
            return null;
        }
    }
}
