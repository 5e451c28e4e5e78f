using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Application Insights.</summary>
internal sealed class ComponentBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.Component;

    public override int CreatedStatus => 200;

    public override ArmResponse? Check(WriteContext write) =>
        write.Text("WorkspaceResourceId") is { Length: > 0 } id && write.Cloud.Store.Get(id) is null
            ? ArmErrors.BadRequest($"The Log Analytics workspace '{id}' could not be found.")
            : null;

    public override void Complete(WriteContext write)
    {
        write.Keep("InstrumentationKey", () => Guid.NewGuid().ToString());
        write.Keep("AppId", () => Guid.NewGuid().ToString());
        write.Keep("CreationDate", () => Cloud.Iso(write.Cloud.Now));
        write.Properties["ApplicationId"] = write.Name;
        write.Properties["Name"] = write.Name;
        write.Properties["TenantId"] = write.Cloud.Identity.SubscriptionId;
        write.Properties["ConnectionString"] =
            $"InstrumentationKey={write.Properties["InstrumentationKey"]};IngestionEndpoint=https://{write.Location}-0.in.applicationinsights.azure.com/;LiveEndpoint=https://{write.Location}.livediagnostics.monitor.azure.com/;ApplicationId={write.Properties["AppId"]}";
        write.Default("RetentionInDays", 90);
        write.Default("IngestionMode", write.Text("WorkspaceResourceId") is null ? "ApplicationInsights" : "LogAnalytics");
        write.Default("publicNetworkAccessForIngestion", "Enabled");
        write.Default("publicNetworkAccessForQuery", "Enabled");
    }
}
