namespace Deploy.Emulator.ControlPlane.Support;

/// <summary>One line of the support table: what the local Azure answers as Azure does.</summary>
internal sealed record SupportRow
{
    /// <summary>HTTP methods; <c>LIST</c> is the GET of a collection.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>A resource type, a type with an action (<c>.../serverlessEndpoints/listKeys</c>), or a path below the host.</summary>
    public required string Target { get; init; }

    /// <summary>What it does, in a few words.</summary>
    public required string Behaviour { get; init; }

    /// <summary>Tests that drive it, each by the client it uses; <c>https</c> is a plain HTTP client.</summary>
    public IReadOnlyList<SupportProof> Proofs { get; init; } = [];

    public static SupportRow Of(string methods, string target, string behaviour, params SupportProof[] proofs) =>
        new() { Methods = methods.Split(' ', StringSplitOptions.RemoveEmptyEntries), Target = target, Behaviour = behaviour, Proofs = proofs };
}

/// <param name="Client">Such as <c>https</c> or <c>Azure.ResourceManager</c>.</param>
/// <param name="Test">The test class, or class and method.</param>
internal sealed record SupportProof(string Client, string Test)
{
    public static implicit operator SupportProof(string test) => new("https", test);
}

/// <summary>A part of the table under a heading of its own.</summary>
internal sealed record SupportArea
{
    public required string Title { get; init; }

    /// <summary>Paragraphs below the table.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required IReadOnlyList<SupportRow> Rows { get; init; }

    /// <summary>What clients might expect and do not get: answered 501 by name.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
