using Deploy.Engine;

namespace Deploy.Cli.Rendering;

/// <summary>Counts of changes as a phrase.</summary>
internal static class ChangesText
{
    public static string Planned(ChangeSummary changes) => Phrase(changes, "to create", "to update", "to replace", "to delete", "unchanged");

    public static string Done(ChangeSummary changes) => Phrase(changes, "created", "updated", "replaced", "deleted", "unchanged");

    private static string Phrase(ChangeSummary changes, string create, string update, string replace, string delete, string same)
    {
        (int Count, string Word)[] all = [(changes.Create, create), (changes.Update, update), (changes.Replace, replace), (changes.Delete, delete), (changes.Same, same)];
        var parts = all.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}").ToArray();
        return parts.Length == 0 ? "nothing to do" : string.Join(", ", parts);
    }
}
