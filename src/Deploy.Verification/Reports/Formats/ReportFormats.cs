using Deploy.Verification.Reports.Formats.Html;

namespace Deploy.Verification.Reports.Formats;

/// <summary>Every format there is.</summary>
public static class ReportFormats
{
    public static IReadOnlyList<IReportFormat> All { get; } =
        [new JUnitFormat(), new TrxFormat(), new SarifFormat(), new MarkdownFormat(), new HtmlFormat(), new JsonFormat()];

    /// <summary>The format of a kind; null when there is none.</summary>
    public static IReportFormat? Find(string kind) => All.FirstOrDefault(format => format.Kind == kind);
}
