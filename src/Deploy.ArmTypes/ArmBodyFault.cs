namespace Deploy.ArmTypes;

/// <summary>One thing wrong with a body.</summary>
public sealed record ArmBodyFault
{
    /// <summary>Where, as a dotted path with indexes: <c>properties.networkAcls.ipRules[0].value</c>.</summary>
    public required string Path { get; init; }

    public required ArmBodyFaultKind Kind { get; init; }

    /// <summary>What is wrong and what was expected; one sentence.</summary>
    public required string Message { get; init; }
}

/// <summary>What can be wrong with a body.</summary>
public enum ArmBodyFaultKind
{
    UnknownProperty,
    WrongType,
    MissingRequired,
    PatternMismatch,
    LengthOutOfRange,
    ValueOutOfRange,
    ValueNotAllowed,
    ReadOnlyWritten,
}
