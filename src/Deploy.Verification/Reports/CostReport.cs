namespace Deploy.Verification.Reports;

/// <summary>What the verification of one endpoint took.</summary>
public sealed record CostReport
{
    /// <summary>Requests sent to the endpoint, repetitions included.</summary>
    public int Requests { get; init; }

    /// <summary>Tokens of prompts and answers as the service counted them; estimated for answers whose counts are missing.</summary>
    public long Tokens { get; init; }
}
