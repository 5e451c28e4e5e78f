using Deploy.Catalog;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.DataPlane;

/// <summary>Where a request for model inference goes.</summary>
/// <param name="Endpoint">The serverless or online endpoint.</param>
/// <param name="Model">What it serves.</param>
/// <param name="Deployment">The deployment chosen; null for serverless.</param>
internal sealed record EndpointTarget(StoredResource Endpoint, CatalogModel Model, StoredResource? Deployment)
{
    public bool IsManaged => Deployment is not null;
}
