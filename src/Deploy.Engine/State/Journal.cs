using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine.Values;
using Microsoft.Win32.SafeHandles;

namespace Deploy.Engine.State;

/// <summary>
/// The append-only file beside the checkpoint while a run changes a stack: one JSON object per line. The first line names the checkpoint it continues, so that
/// a journal that has been folded in already is told from one that has not. A torn last line was never acted upon and is ignored.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly ISecretsProvider _secrets;
    private readonly ResourceJson _resources;
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private string? _writtenSalt;

    private Journal(FileStream stream, ISecretsProvider secrets)
    {
        _stream = stream;

        // Taken once: asking the stream for it empties the stream's buffer, which another thread may be filling.
        _handle = stream.SafeFileHandle;
        _secrets = secrets;
        _resources = new(new(secrets));
    }

    public static Journal Start(string path, string baseHash, ISecretsProvider secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var journal = new Journal(AtomicFile.Open(path, ownerOnly: true, bufferSize: 0), secrets);
        journal.WriteLine(new() { ["do"] = "start", ["base"] = baseHash });
        journal._stream.Flush(flushToDisk: true);
        AtomicFile.SyncFolder(Path.GetDirectoryName(path)!);
        return journal;
    }

    /// <summary>Writes a change; when the call returns, it survives the end of this process. Not safe for concurrent use.</summary>
    public void Append(StateChange change)
    {
        var line = JournalJson.Write(change, _resources);
        if (_secrets.Salt is { } salt && salt != _writtenSalt)
        {
            WriteLine(new() { ["do"] = "salt", ["value"] = salt });
            _writtenSalt = salt;
        }

        WriteLine(line);
    }

    /// <summary>
    /// Returns when everything appended so far survives a power cut. Whoever asks while the disk is busy shares the next wait with the others: the disk, not the
    /// number of resources, sets the pace. After a failure every later call fails, because nobody knows then what the file holds. Safe for concurrent use.
    /// </summary>
    public Task SyncAsync()
    {
        lock (_gate)
        {
            return _next ??= SyncAfterAsync(_running);
        }
    }

    /// <summary>Applies a journal to the state it continues.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="baseHash">Hash of the checkpoint as it is now.</param>
    /// <param name="snapshot">The checkpoint's state.</param>
    /// <param name="secrets">Decrypts.</param>
    /// <returns>The state the run had reached; the same state when the journal belongs to an earlier checkpoint.</returns>
    public static Snapshot Replay(string path, string baseHash, Snapshot snapshot, ISecretsProvider secrets)
    {
        var lines = ReadLines(path);
        if (lines.Count == 0 || lines[0]["base"]?.GetValue<string>() != baseHash)
        {
            return snapshot;
        }

        if (SaltOf(lines) is { } salt)
        {
            secrets.UseSalt(salt);
        }

        var resources = new ResourceJson(new(secrets));
        var builder = new SnapshotBuilder(snapshot);
        foreach (var line in lines.Where(line => line["do"]?.GetValue<string>() is not ("start" or "salt")))
        {
            builder.Apply(JournalJson.Read(line, resources));
        }

        return builder.Build();
    }

    public static string? SaltOf(string path) => SaltOf(ReadLines(path));

    public void Dispose() => _stream.Dispose();

    private async Task SyncAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            // What is appended from here on may come too late for this one.
            (_running, _next) = (_next!, null);
        }

        RandomAccess.FlushToDisk(_handle);
    }

    private static string? SaltOf(List<JsonObject> lines) =>
        lines.FirstOrDefault(line => line["do"]?.GetValue<string>() == "salt")?["value"]?.GetValue<string>();

    /// <summary>In one call to the system, so that whoever reads meanwhile sees whole lines.</summary>
    private void WriteLine(JsonObject line) => _stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString(PropertyJson.Relaxed) + "\n"));

    private static List<JsonObject> ReadLines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();

        // What comes after the last line end is a torn line, or nothing.
        var complete = text[..(text.LastIndexOf('\n') + 1)];
        return [.. complete.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static JsonObject Parse(string line)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(line)!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidCastException)
        {
            throw new DeployException(EngineErrors.StateInvalid.With("a line of the journal is not a JSON object"), exception);
        }
    }
}
