namespace Deploy.Verification.Reports.Formats;

/// <summary>One format in which a report can be written.</summary>
public interface IReportFormat
{
    /// <summary>The word for it on the command line: <c>junit</c>.</summary>
    string Kind { get; }

    /// <summary>What to write it for, in a few words.</summary>
    string Purpose { get; }

    /// <summary>The report as the bytes of a file.</summary>
    byte[] Render(RunReport report);
}
