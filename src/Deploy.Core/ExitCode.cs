namespace Deploy.Core;

/// <summary>What a process of this toolkit answers to its caller: Pulumi's codes, and two of our own.</summary>
public enum ExitCode
{
    Ok = 0,
    Generic = 1,
    Configuration = 2,
    Authentication = 3,
    ResourceOperation = 4,
    Policy = 5,
    StackNotFound = 6,
    UnexpectedChanges = 7,
    Cancelled = 8,
    Timeout = 9,

    /// <summary>An endpoint failed verification.</summary>
    VerificationFailed = 10,

    /// <summary>No endpoint failed, but at least one could not be judged.</summary>
    VerificationInconclusive = 11,

    Internal = 255,
}
