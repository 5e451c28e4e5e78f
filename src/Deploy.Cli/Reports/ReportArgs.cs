using Deploy.Verification.Reports.Formats;

namespace Deploy.Cli.Reports;

/// <summary>Which reports the user wants of a run.</summary>
internal sealed record ReportArgs
{
    public IReadOnlyList<ReportFile> Files { get; init; } = [];

    /// <summary>A folder with reports of earlier runs; null for none.</summary>
    public string? History { get; init; }

    /// <summary>Whether subscription, tenant and principal ids stay in clear.</summary>
    public bool Unredacted { get; init; }
}

/// <param name="Format">How it is written.</param>
/// <param name="Path">Where, as the user wrote it.</param>
internal sealed record ReportFile(IReportFormat Format, string Path);
