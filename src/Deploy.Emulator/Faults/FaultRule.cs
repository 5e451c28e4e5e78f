namespace Deploy.Emulator.Faults;

/// <summary>One deliberate misbehaviour of the local Azure, as it stands in <c>faults.json</c>.</summary>
public sealed record FaultRule
{
    /// <summary>What happens: see <see cref="FaultKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The endpoint, by its full name or by its name without the stable suffix (<c>mini</c> matches <c>mini-3fa9c1</c>). <c>*</c> for all.</summary>
    public required string Endpoint { get; init; }
}

/// <summary>The fault kinds that this version knows; a rule of any other kind is refused by name.</summary>
public static class FaultKinds
{
    /// <summary>Chat answers 200 with nothing but newlines, as a Phi endpoint did when asked for JSON (facts: microsoft/PhiCookBook issue 73).</summary>
    public const string Newlines = "newlines";

    public static IReadOnlyList<string> All { get; } = [Newlines];
}
