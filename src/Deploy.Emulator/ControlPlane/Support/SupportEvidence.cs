using System.Text.Json;

namespace Deploy.Emulator.ControlPlane.Support;

/// <summary>What clients were seen to do: one file per suite, <c>{ "client": "...", "operations": ["GET Microsoft.X/a/b", ...] }</c>.</summary>
internal sealed record SupportEvidence(string Client, IReadOnlyList<string> Operations)
{
    /// <summary>In the order of the file names; none when the folder does not exist.</summary>
    public static IReadOnlyList<SupportEvidence> Read(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file =>
            JsonSerializer.Deserialize<SupportEvidence>(File.ReadAllText(file), JsonSerializerOptions.Web) is { Client.Length: > 0, Operations: not null } evidence
                ? evidence
                : throw new InvalidDataException($"'{file}' is not {{ client, operations }}."))];

    /// <summary>What of a row the client did: the methods, in the row's order.</summary>
    public IReadOnlyList<string> MethodsOf(SupportRow row) => [.. row.Methods.Where(method => Operations.Any(operation => Matches(operation, method, row.Target)))];

    // A suite need not tell the GET of a collection from the GET of its entry.
    private static bool Matches(string operation, string method, string target)
    {
        var parts = operation.Split(' ', 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && parts[1].Equals(target, StringComparison.OrdinalIgnoreCase)
            && (parts[0].Equals(method, StringComparison.OrdinalIgnoreCase) || (method == "LIST" && parts[0].Equals("GET", StringComparison.OrdinalIgnoreCase)));
    }
}
