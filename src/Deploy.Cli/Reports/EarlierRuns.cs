using Deploy.Core;
using Deploy.Verification.Reports.Comparison;

namespace Deploy.Cli.Reports;

/// <summary>Finds the reports of earlier runs.</summary>
internal static class EarlierRuns
{
    // What a chart on a phone can show.
    private const int MostRuns = 30;

    /// <summary>The json reports of a folder, the oldest first; other files are left alone. Empty for no folder.</summary>
    /// <exception cref="DeployException">There is no such folder.</exception>
    public static IReadOnlyList<EarlierRun> ReadFolder(string? folder, string workingFolder)
    {
        if (folder is null)
        {
            return [];
        }

        var path = Path.GetFullPath(folder, workingFolder);
        try
        {
            return [.. Directory.EnumerateFiles(path, "*.json").Select(file => EarlierRunReader.Read(File.ReadAllText(file))).OfType<EarlierRun>()
                .Where(run => run.StartedAt is not null).OrderBy(run => run.StartedAt).TakeLast(MostRuns)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(CliErrors.EarlierReportUnreadable.With($"--history {folder}: {exception.Message}"), exception);
        }
    }

    /// <summary>The run that a report tells of.</summary>
    /// <exception cref="DeployException">The file cannot be read, or is no report.</exception>
    public static EarlierRun ReadBaseline(string file, string workingFolder)
    {
        try
        {
            return EarlierRunReader.Read(File.ReadAllText(Path.GetFullPath(file, workingFolder)))
                ?? throw new DeployException(CliErrors.EarlierReportUnreadable.With($"--baseline {file}: this is no report of `--report json=FILE`."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(CliErrors.EarlierReportUnreadable.With($"--baseline {file}: {exception.Message}"), exception);
        }
    }
}
