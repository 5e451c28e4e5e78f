namespace Deploy.Emulator.Faults;

/// <summary>One time that a rule hit.</summary>
internal sealed record FaultHit
{
    public string Rule { get; init; } = "";

    public string Kind { get; init; } = "";

    public required DateTimeOffset Time { get; init; }

    /// <summary>The method; of an operation <c>operation</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path without its query; of an operation the resource's id.</summary>
    public required string Path { get; init; }
}
