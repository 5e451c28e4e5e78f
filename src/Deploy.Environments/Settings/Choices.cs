using System.Text.Json.Serialization;

namespace Deploy.Environments.Settings;

/// <summary>Which Azure an environment lives in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetCloud>))]
public enum TargetCloud
{
    /// <summary>The local Azure of this toolkit.</summary>
    [JsonStringEnumMemberName("local")]
    Local,
    [JsonStringEnumMemberName("public")]
    Public,
    [JsonStringEnumMemberName("usGovernment")]
    UsGovernment,
    [JsonStringEnumMemberName("china")]
    China,
}

/// <summary>What it means that a model is deprecated or retired.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LifecyclePolicy>))]
public enum LifecyclePolicy
{
    /// <summary>An error, before anything is touched.</summary>
    [JsonStringEnumMemberName("enforce")]
    Enforce,

    /// <summary>A warning.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,
}

/// <summary>The hub's managed network.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HubNetwork>))]
public enum HubNetwork
{
    /// <summary>No managed network.</summary>
    [JsonStringEnumMemberName("public")]
    Public,

    /// <summary>A managed network that reaches the internet.</summary>
    [JsonStringEnumMemberName("internetOutbound")]
    InternetOutbound,

    /// <summary>A managed network that reaches only what was approved.</summary>
    [JsonStringEnumMemberName("approvedOutbound")]
    ApprovedOutbound,
}

/// <summary>What it means that an endpoint is slower than its limit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TooSlow>))]
public enum TooSlow
{
    /// <summary>A warning.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>The endpoint fails verification.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>What an endpoint runs on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComputeKind>))]
public enum ComputeKind
{
    /// <summary>Billed by token: <c>workspaces/serverlessEndpoints</c>.</summary>
    [JsonStringEnumMemberName("serverless")]
    Serverless,

    /// <summary>VMs of the subscription's quota: <c>workspaces/onlineEndpoints</c> with a deployment.</summary>
    [JsonStringEnumMemberName("managed")]
    Managed,
}

/// <summary>How callers of an endpoint sign in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuthMode>))]
public enum AuthMode
{
    /// <summary>A key of the endpoint.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>A Microsoft Entra token.</summary>
    [JsonStringEnumMemberName("entra")]
    Entra,

    /// <summary>A short-lived token that Azure Machine Learning hands out per endpoint.</summary>
    [JsonStringEnumMemberName("amlToken")]
    AmlToken,
}

/// <summary>Azure's content filter in front of an endpoint.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContentSafety>))]
public enum ContentSafety
{
    [JsonStringEnumMemberName("enabled")]
    Enabled,
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}
