using Pulumi.Waiting;
using Pulumirpc;

namespace Pulumi;

/// <summary>Tells the pulse of the run about calls in flight.</summary>
internal sealed class CountedMonitor(IMonitor monitor, Pulse pulse) : IMonitor
{
    public Task Closed => monitor.Closed;

    public bool CallsBack => monitor.CallsBack;

    public Task<bool> SupportsFeatureAsync(string feature) => pulse.CallAsync(() => monitor.SupportsFeatureAsync(feature));

    public Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request) =>
        pulse.CallAsync(() => monitor.RegisterResourceAsync(resource, request));

    public Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request) =>
        pulse.CallAsync(() => monitor.ReadResourceAsync(resource, request));

    public Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request) => pulse.CallAsync(() => monitor.RegisterResourceOutputsAsync(request));

    public Task RegisterStackTransformAsync(Callback callback) => pulse.CallAsync(() => monitor.RegisterStackTransformAsync(callback));

    public Task RegisterStackInvokeTransformAsync(Callback callback) => pulse.CallAsync(() => monitor.RegisterStackInvokeTransformAsync(callback));

    public Task<InvokeResponse> InvokeAsync(ResourceInvokeRequest request) => pulse.CallAsync(() => monitor.InvokeAsync(request));

    public Task RequireVersionAsync(string range) => pulse.CallAsync(() => monitor.RequireVersionAsync(range));

    public Task SignalAndWaitForShutdownAsync() => pulse.CallAsync(monitor.SignalAndWaitForShutdownAsync);
}
