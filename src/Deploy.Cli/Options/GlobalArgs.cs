namespace Deploy.Cli.Options;

/// <summary>What the user said with the options every verb shares.</summary>
internal sealed record GlobalArgs
{
    public const int DefaultParallel = 16;

    public string? Stack { get; init; }

    public string? Cloud { get; init; }

    public string? Engine { get; init; }

    public bool Yes { get; init; }

    public bool Json { get; init; }

    public bool NonInteractive { get; init; }

    public string? Cwd { get; init; }

    public string Color { get; init; } = "auto";

    public int Parallel { get; init; } = DefaultParallel;

    public string? Store { get; init; }

    public bool ShowSecrets { get; init; }
}
