using System.Globalization;

namespace Deploy.Engine.State;

/// <summary>Where the files of one stack are (layout version 1, project-scoped).</summary>
internal sealed record StackPaths(string Root, string Project, string Stack)
{
    public const string JournalExtension = ".journal";

    public string Checkpoint => Path.Combine(Root, "stacks", Project, $"{Stack}.json");

    public string PreviousCheckpoint => Checkpoint + ".bak";

    public string Tags => Path.Combine(Root, "stacks", Project, $"{Stack}.pulumi-tags");

    public string JournalFile => Path.Combine(Root, "stacks", Project, Stack + JournalExtension);

    public string Locks => Path.Combine(Root, "locks", "organization", Project, Stack);

    public string Backups => Path.Combine(Root, "backups", Project, Stack);

    public string HistoryFolder => Path.Combine(Root, "history", Project, Stack);

    public string Backup(DateTimeOffset time) => Path.Combine(Backups, $"{Stack}.{Nanoseconds(time)}.json");

    public string History(DateTimeOffset time, string kind) => Path.Combine(HistoryFolder, $"{Stack}-{Nanoseconds(time)}.{kind}.json");

    private static string Nanoseconds(DateTimeOffset time) => ((time - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
