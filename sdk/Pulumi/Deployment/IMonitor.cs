using Pulumirpc;

namespace Pulumi;

/// <summary>The engine's side of registrations: the real one, or mocks.</summary>
internal interface IMonitor
{
    /// <summary>Completes when nobody answers any more, so that a program with nothing left but waiting can end.</summary>
    Task Closed { get; }

    /// <summary>Whether it calls callbacks over a connection of its own; mocks look them up.</summary>
    bool CallsBack { get; }

    Task<bool> SupportsFeatureAsync(string feature);

    Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request);

    Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request);

    Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request);

    Task<InvokeResponse> InvokeAsync(ResourceInvokeRequest request);

    /// <summary>Adds a transform of all resources.</summary>
    Task RegisterStackTransformAsync(Callback callback);

    /// <summary>Adds a transform of all calls of functions.</summary>
    Task RegisterStackInvokeTransformAsync(Callback callback);

    /// <summary>Fails when the version of the engine is not in the range.</summary>
    Task RequireVersionAsync(string range);

    /// <summary>Tells the engine that nothing more will come.</summary>
    Task SignalAndWaitForShutdownAsync();
}

/// <summary>Where messages go.</summary>
internal interface IEngineLog
{
    Task LogAsync(LogRequest request);
}
