using Deploy.Core;

namespace Deploy.Cli.Reports;

/// <summary>A file that a report will be written to: proved writable before anything is called, replaced as a whole when the report is there.</summary>
internal sealed class ReportTarget
{
    private readonly ReportFile _file;

    private ReportTarget(ReportFile file, string path) => (_file, Path) = (file, path);

    /// <summary>In full.</summary>
    public string Path { get; }

    public Verification.Reports.Formats.IReportFormat Format => _file.Format;

    /// <summary>Makes the folders, and tries to write beside each file.</summary>
    /// <exception cref="FaultsException">Some files cannot be written, or two reports go into one.</exception>
    public static IReadOnlyList<ReportTarget> Open(IReadOnlyList<ReportFile> files, string folder)
    {
        var faults = new List<DeployError>();
        var targets = new List<ReportTarget>();
        foreach (var file in files)
        {
            var path = System.IO.Path.GetFullPath(file.Path, folder);
            if (targets.Any(other => other.Path == path))
            {
                faults.Add(CliErrors.ReportUnwritable.With($"--report {file.Format.Kind}={file.Path}: another report goes into the same file.", "Name a file of its own for each report."));
            }
            else if (Fault(path) is { } fault)
            {
                faults.Add(CliErrors.ReportUnwritable.With($"--report {file.Format.Kind}={file.Path}: {fault}"));
            }
            else
            {
                targets.Add(new(file, path));
            }
        }

        return faults.Count == 0 ? targets : throw new FaultsException(faults);
    }

    /// <summary>Replaces the file: whoever reads it sees the old report or the new one.</summary>
    /// <returns>Why it could not be written; null when it was.</returns>
    public DeployError? Write(byte[] content)
    {
        var temporary = Temporary(Path);
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, Path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            return CliErrors.ReportNotWritten.With($"The {Format.Kind} report could not be written: {exception.Message}");
        }
    }

    private static string? Fault(string path)
    {
        if (Directory.Exists(path))
        {
            return "that is a folder.";
        }

        var temporary = Temporary(path);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (File.Exists(path))
            {
                using var existing = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            }

            File.WriteAllBytes(temporary, []);
            File.Delete(temporary);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    private static string Temporary(string path) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, $".{System.IO.Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
}
