using System.Text.Json.Serialization;

namespace Deploy.Catalog;

/// <summary>How far a model is on its way out of the catalog.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LifecycleStage>))]
public enum LifecycleStage
{
    /// <summary>Offered, and no end is near.</summary>
    [JsonStringEnumMemberName("current")]
    Current,

    /// <summary>New deployments are still allowed, the end is announced.</summary>
    [JsonStringEnumMemberName("legacy")]
    Legacy,

    /// <summary>No new deployments; existing ones keep running.</summary>
    [JsonStringEnumMemberName("deprecated")]
    Deprecated,

    /// <summary>No new deployments, and existing endpoints answer 404.</summary>
    [JsonStringEnumMemberName("retired")]
    Retired,
}

/// <summary>The dates on which a model's stage changes, each at 00:00 UTC; null when none is announced.</summary>
public sealed record Lifecycle
{
    public DateOnly? Legacy { get; init; }

    public DateOnly? Deprecated { get; init; }

    public DateOnly? Retired { get; init; }

    /// <summary>The stage at a moment.</summary>
    public LifecycleStage At(DateTimeOffset moment) => At(DateOnly.FromDateTime(moment.UtcDateTime));

    /// <summary>The stage on a day in UTC.</summary>
    public LifecycleStage At(DateOnly day) =>
        day >= Retired ? LifecycleStage.Retired
        : day >= Deprecated ? LifecycleStage.Deprecated
        : day >= Legacy ? LifecycleStage.Legacy
        : LifecycleStage.Current;
}
