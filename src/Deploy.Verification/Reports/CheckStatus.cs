namespace Deploy.Verification.Reports;

/// <summary>How a check, an endpoint or a run ends. The order is that of <c>docs/schemas/verify.schema.json</c>.</summary>
public enum CheckStatus
{
    Pass,

    /// <summary>It works; something about it deviates and was tolerated.</summary>
    Warn,

    Fail,

    /// <summary>Not run, for the reason given. An endpoint or a run is never <c>skip</c>.</summary>
    Skip,

    /// <summary>Could not be judged: throttled, no connection made, no permission.</summary>
    Inconclusive,
}
