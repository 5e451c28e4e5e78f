using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.Hosting.ManagementApi;

/// <summary><c>/.local/requests</c>: the last lines of <c>requests.log</c>, which hold no key.</summary>
internal sealed class LoggedRequests(RequestLog log, StoreFolder folder)
{
    private const int Most = 10_000;
    private const int Default = 100;
    private const int TailBytes = 8 * 1024 * 1024;

    public void Clear() => log.Clear();

    public JsonObject Last(string? wanted)
    {
        var count = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 1, Most) : Default;
        return new JsonObject { ["requests"] = new JsonArray([.. Tail(folder.Requests, count).Select(Parse).OfType<JsonObject>()]) };
    }

    private static JsonNode? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            // The tail may begin within a line.
            return null;
        }
    }

    private static List<string> Tail(string path, int count)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(0, file.Length - TailBytes), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        var lines = new Queue<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > count)
            {
                lines.Dequeue();
            }
        }

        return [.. lines];
    }
}
