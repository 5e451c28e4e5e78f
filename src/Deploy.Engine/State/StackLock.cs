using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>Holds a stack for one run, by the official protocol: write a lock file, then look whether another one appeared.</summary>
internal sealed class StackLock : IDisposable
{
    private readonly string _path;

    private StackLock(string path) => _path = path;

    /// <summary>Takes the lock; locks of processes of this machine that are gone are taken over.</summary>
    /// <exception cref="DeployException">Another run holds the stack.</exception>
    public static StackLock Take(string folder, string stack, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        Refuse(folder, stack, except: null);
        var path = Path.Combine(folder, $"{Guid.NewGuid()}.json");
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["pid"] = Environment.ProcessId,
            ["username"] = Environment.UserName,
            ["hostname"] = Environment.MachineName,
            ["timestamp"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        }.ToJsonString()), ownerOnly: true);
        try
        {
            Refuse(folder, stack, except: path);
            return new(path);
        }
        catch (DeployException)
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Whether a process holds the stack that is alive, or of which this machine cannot tell.</summary>
    public static bool IsHeld(string folder) => Files(folder).Any(path => !IsOfDeadProcess(path));

    public static int RemoveAll(string folder)
    {
        var files = Files(folder).ToList();
        files.ForEach(File.Delete);
        return files.Count;
    }

    public void Dispose() => File.Delete(_path);

    private static void Refuse(string folder, string stack, string? except)
    {
        foreach (var path in Files(folder).Where(path => path != except))
        {
            if (IsOfDeadProcess(path))
            {
                File.Delete(path);
                continue;
            }

            throw new DeployException(EngineErrors.StackLocked.With($"the stack '{stack}' is locked by {Describe(path)}"));
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json") : [];

    private static string Describe(string path) => Read(path) is { } holder
        ? $"{holder["username"]}@{holder["hostname"]} (pid {holder["pid"]}) since {holder["timestamp"]}"
        : $"the lock file {path}";

    private static bool IsOfDeadProcess(string path)
    {
        var holder = Read(path);
        if (holder?["pid"]?.GetValue<int>() is not { } pid || holder["hostname"]?.GetValue<string>() != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(pid);

            // The number may have been given to another process since.
            return DateTimeOffset.TryParse(holder["timestamp"]?.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
                && new DateTimeOffset(process.StartTime.ToUniversalTime()) > since.AddSeconds(2);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private static JsonObject? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // Being written or taken away at this moment: whoever it is, it is not known to be dead.
            return null;
        }
    }
}
