using System.Net;

namespace Deploy.Emulator;

/// <summary>How a local Azure is hosted. Only <see cref="StorePath"/> has to be given.</summary>
public sealed record LocalAzureOptions
{
    /// <summary>The store folder, usually <c>.deploy/azure</c> beside <c>Pulumi.yaml</c>; made when it does not exist. One host per store.</summary>
    public required string StorePath { get; init; }

    /// <summary>Whether models that Azure retired can still be deployed. Ignored when attaching to a running host.</summary>
    public LifecycleServing Lifecycle { get; init; } = LifecycleServing.ServeRetired;

    /// <summary>The https port; null keeps the store's port, which is drawn once.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>The http port; null keeps the store's port, which is drawn once.</summary>
    public int? HttpPort { get; init; }

    /// <summary>How long an asynchronous operation stays in progress; zero (default) ends it before its first poll.</summary>
    public TimeSpan OperationDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Delays of single resource types, such as <c>Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments</c>; the others take <see cref="OperationDelay"/>.</summary>
    public IReadOnlyDictionary<string, TimeSpan> OperationDelays { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>Whether requests need a role: then a principal may only what the role assignments in the store allow. The store's own principal owns the subscription. Default false.</summary>
    public bool EnforceRoles { get; init; }

    /// <summary>How long a new role assignment takes to count. Ignored unless <see cref="EnforceRoles"/>. Default zero; Azure takes up to ten minutes.</summary>
    public TimeSpan RolePropagation { get; init; } = TimeSpan.Zero;

    /// <summary>How long role assignments do not find a principal just made, unless they name its <c>principalType</c>. Default zero.</summary>
    public TimeSpan PrincipalReplication { get; init; } = TimeSpan.Zero;

    /// <summary>The most entries on one page of a list; 1,000, as of Azure Resource Manager's list of resources.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>How long to wait for another process that is just starting to host the store. Default 10 s.</summary>
    public TimeSpan AttachTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The base of a server that speaks OpenAI's dialect, such as <c>http://127.0.0.1:8000/v1</c>: its model answers instead of the local one. Null (default) for the local one.
    /// </summary>
    public Uri? Upstream { get; init; }

    /// <summary>Sent to <see cref="Upstream"/> as a bearer token; null for none. Never logged, never kept in the store.</summary>
    public string? UpstreamKey { get; init; }

    /// <summary>The model to ask <see cref="Upstream"/> for; null asks for the deployed model by its own name.</summary>
    public string? UpstreamModel { get; init; }

    /// <summary>How time passes in the local Azure; null (default) goes on as the store left it, which is real time at first.</summary>
    public ClockSetting? Clock { get; init; }

    /// <summary>The address to listen on with https; null (default) for loopback. The http address with its plain keys stays on loopback always.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>Has to be true for a <see cref="Listen"/> that others can reach.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>The clock of resources, operations and tokens.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What single operations do instead of what the options say; null for the options alone.</summary>
    internal ControlPlane.LongRunning.IOperationScript? Script { get; init; }
}

/// <summary>What the local Azure does with models that Azure no longer serves.</summary>
public enum LifecycleServing
{
    /// <summary>Retired models, and the regions they had, are served as if they were current.</summary>
    ServeRetired,

    /// <summary>Deployments of deprecated and retired models are refused and retired endpoints answer 404, as on Azure.</summary>
    Real,
}
