using System.Globalization;

namespace Deploy.Verification.Reports;

/// <summary>What a run was allowed to take, and took. A limit that was not set is null.</summary>
public sealed record BudgetReport
{
    public long Requests { get; init; }

    public long? MostRequests { get; init; }

    public long Tokens { get; init; }

    public long? MostTokens { get; init; }

    public TimeSpan Time { get; init; }

    public TimeSpan? MostTime { get; init; }

    /// <summary>As words: <c>36 of 200 requests, 1,240 tokens, 3.1 of 60 s</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Requests:#,0}{Of(MostRequests)} requests, {Tokens:#,0}{Of(MostTokens)} tokens, {Time.TotalSeconds:0.0}{Of(MostTime?.TotalSeconds)} s");

    private static string Of(double? most) => most is { } limit ? string.Create(CultureInfo.InvariantCulture, $" of {limit:#,0.#}") : "";
}
