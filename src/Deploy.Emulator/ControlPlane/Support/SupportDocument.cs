using System.Text;
using Deploy.ArmTypes;

namespace Deploy.Emulator.ControlPlane.Support;

/// <summary>The support table as a page of documentation.</summary>
internal static class SupportDocument
{
    public static string Render(IReadOnlyList<SupportArea> areas, IReadOnlyList<SupportEvidence> evidence, ArmTypeIndex types)
    {
        var page = new StringBuilder(
            """
            # What the local Azure supports

            <!-- Generated from src/Deploy.Emulator/ControlPlane/Support; do not edit. `DEPLOY_TEST_RECORD=1 dotnet run --project tests/Deploy.Emulator.Tests` writes it anew. -->

            Anything not listed answers 501 `NotImplemented` and says what it was. "Proved by" names the clients that drive it in the tests: *https* is a plain HTTP client, *-* means that no test
            drives it. A client followed by methods does those only.


            """);
        foreach (var area in areas)
        {
            page.Append($"## {area.Title}\n\n| Operation | Api-versions | Behaviour | Proved by |\n|---|---|---|---|\n");
            foreach (var row in area.Rows)
            {
                page.Append($"| {string.Join(' ', row.Methods)} `{row.Target}` | {Versions(row, types)} | {row.Behaviour} | {ProvedBy(row, evidence)} |\n");
            }

            foreach (var note in area.Notes)
            {
                page.Append($"\n{note}\n");
            }

            if (area.Missing.Count > 0)
            {
                page.Append($"\nNot yet: {string.Join("; ", area.Missing)}.\n");
            }

            page.Append('\n');
        }

        page.Append(
            """
            ## Errors

            What Azure is known to refuse or fail, answered with its status, code and words; where a code is all that is published, the words are those in which the documentation explains it. An operation
            that fails has a code and no status. Most come of what the cloud holds and is asked. What a local Azure has no cause for comes by a rule: [local-azure.md](local-azure.md#faults).


            """);
        foreach (var (title, rows) in ErrorSupport.Areas)
        {
            page.Append($"| {title} | Answer | Comes of | Source |\n|---|---|---|---|\n");
            foreach (var row in rows)
            {
                page.Append($"| {row.Symptom} | {row.Answer} | {row.Cause} | {row.Source} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Versions(SupportRow row, ArmTypeIndex types) => types.ApiVersions(row.Target) is [var first, .., var last] all ? $"{all.Count}: {first} to {last}" : "any";

    private static string ProvedBy(SupportRow row, IReadOnlyList<SupportEvidence> evidence)
    {
        var clients = evidence
            .Select(suite => (suite.Client, Methods: suite.MethodsOf(row)))
            .Where(seen => seen.Methods.Count > 0)
            .Select(seen => seen.Methods.Count == row.Methods.Count ? seen.Client : $"{seen.Client} ({string.Join(' ', seen.Methods)})")
            .Concat(row.Proofs.Select(proof => proof.Client))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(client => client == "https");
        return string.Join(", ", clients) is { Length: > 0 } text ? text : "-";
    }
}
