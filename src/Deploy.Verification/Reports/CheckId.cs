namespace Deploy.Verification.Reports;

/// <summary>The name of a check, as it stands in reports.</summary>
public readonly record struct CheckId(string Value)
{
    public static readonly CheckId Connect = new("connect");
    public static readonly CheckId AuthAccepted = new("auth.accepted");
    public static readonly CheckId AuthRejected = new("auth.rejected");
    public static readonly CheckId Info = new("info");
    public static readonly CheckId ChatBasic = new("chat.basic");
    public static readonly CheckId ChatSystem = new("chat.system");
    public static readonly CheckId ChatStream = new("chat.stream");
    public static readonly CheckId ChatParameters = new("chat.parameters");
    public static readonly CheckId ChatExtra = new("chat.extra");
    public static readonly CheckId Safety = new("safety");
    public static readonly CheckId Limits = new("limits");
    public static readonly CheckId Latency = new("latency");

    /// <summary>Every check, in the order of a report.</summary>
    public static IReadOnlyList<CheckId> All { get; } =
        [Connect, AuthAccepted, AuthRejected, Info, ChatBasic, ChatSystem, ChatStream, ChatParameters, ChatExtra, Safety, Limits, Latency];

    public override string ToString() => Value;
}
