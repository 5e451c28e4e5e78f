using System.Globalization;

namespace Deploy.Verification.Reports;

/// <summary>How many of what ended how.</summary>
public sealed record StatusCounts
{
    public int Pass { get; init; }

    public int Warn { get; init; }

    public int Fail { get; init; }

    public int Skip { get; init; }

    public int Inconclusive { get; init; }

    public int Total => Pass + Warn + Fail + Skip + Inconclusive;

    public static StatusCounts Of(IEnumerable<CheckStatus> statuses)
    {
        var counts = statuses.CountBy(status => status).ToDictionary();
        int Number(CheckStatus status) => counts.GetValueOrDefault(status);
        return new()
        {
            Pass = Number(CheckStatus.Pass),
            Warn = Number(CheckStatus.Warn),
            Fail = Number(CheckStatus.Fail),
            Skip = Number(CheckStatus.Skip),
            Inconclusive = Number(CheckStatus.Inconclusive),
        };
    }

    /// <summary>Each status with its number, in the order in which a reader wants to know them.</summary>
    public IReadOnlyList<(CheckStatus Status, int Number)> InOrder() =>
        [(CheckStatus.Fail, Fail), (CheckStatus.Inconclusive, Inconclusive), (CheckStatus.Warn, Warn), (CheckStatus.Pass, Pass), (CheckStatus.Skip, Skip)];

    /// <summary>As words: <c>1 fail, 2 pass</c>; <c>none</c> for nothing at all.</summary>
    public override string ToString()
    {
        var words = InOrder().Where(item => item.Number > 0)
            .Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Number} {VerificationJson.Text(item.Status)}"));
        return Total == 0 ? "none" : string.Join(", ", words);
    }
}
