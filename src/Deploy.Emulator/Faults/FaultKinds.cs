namespace Deploy.Emulator.Faults;

/// <summary>The fault kinds that this version knows; a rule of any other kind is refused by name.</summary>
public static class FaultKinds
{
    /// <summary>Another status instead of an answer; 500 unless <see cref="FaultRule.Status"/> says otherwise.</summary>
    public const string Status = "status";

    /// <summary>The answer begins after <see cref="FaultRule.Delay"/>.</summary>
    public const string Latency = "latency";

    /// <summary>The first byte of a successful answer leaves <see cref="FaultRule.Delay"/> late.</summary>
    public const string FirstToken = "first-token";

    /// <summary>Between the parts of a successful answer lies <see cref="FaultRule.Delay"/>.</summary>
    public const string BetweenTokens = "between-tokens";

    /// <summary>No answer, until the client gives up.</summary>
    public const string Hang = "hang";

    /// <summary>The connection is reset without an answer.</summary>
    public const string Reset = "reset";

    /// <summary>A successful answer breaks off after <see cref="FaultRule.Bytes"/>.</summary>
    public const string Truncation = "truncation";

    /// <summary>A successful answer has <see cref="FaultRule.Body"/> in place of its own.</summary>
    public const string Body = "body";

    /// <summary>A successful answer says that it is of <see cref="FaultRule.ContentType"/>.</summary>
    public const string ContentType = "content-type";

    /// <summary>Chat answers 200 with nothing but newlines, as a Phi endpoint did when asked for JSON (microsoft/PhiCookBook issue 73).</summary>
    public const string Newlines = "newlines";

    /// <summary>429 with <see cref="FaultRule.RetryAfter"/>.</summary>
    public const string Throttling = "throttling";

    /// <summary>Access tokens count as expired: 401.</summary>
    public const string TokenExpiry = "token-expiry";

    /// <summary>What was created less than <see cref="FaultRule.Delay"/> ago is not known everywhere yet: 403, of an endpoint 401.</summary>
    public const string Propagation = "propagation";

    /// <summary>A long-running operation ends as failed.</summary>
    public const string OperationFailure = "operation-failure";

    /// <summary>A long-running operation takes <see cref="FaultRule.Delay"/> more; without one it never ends.</summary>
    public const string OperationStall = "operation-stall";

    public static IReadOnlyList<string> All { get; } =
    [
        Newlines, Status, Latency, FirstToken, BetweenTokens, Hang, Reset, Truncation, Body, ContentType, Throttling, TokenExpiry, Propagation, OperationFailure, OperationStall,
    ];

    /// <summary>Decided when a request comes in, before anybody looks at its token or key.</summary>
    internal static bool IsOfRequest(string kind) => kind is Status or Latency or Hang or Reset or Throttling or TokenExpiry or Propagation;

    /// <summary>Decided when a successful answer leaves.</summary>
    internal static bool IsOfAnswer(string kind) => kind is Newlines or FirstToken or BetweenTokens or Truncation or Body or ContentType;

    /// <summary>Said of chat only, unless the rule names a path.</summary>
    internal static bool IsOfChat(string kind) => kind is Newlines or FirstToken or BetweenTokens;

    internal static bool IsOfOperation(string kind) => kind is OperationFailure or OperationStall;
}
