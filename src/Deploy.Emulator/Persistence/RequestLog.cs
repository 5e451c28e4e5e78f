using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Persistence;

/// <summary>One line of JSON per request, in <c>requests.log</c>: what a user reads to see that nothing was written. Holds no secret.</summary>
internal sealed partial class RequestLog : IDisposable
{
    private const long LargestBytes = 32 * 1024 * 1024;

    // Everything else in a query might carry a key or a signature.
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "api-version", "$skip", "$top", "$filter", "$expand", "$skiptoken", "kind", "force", "forceToPurge", "computeType", "count",
    };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = LineContext.Default };

    private readonly string _path;
    private readonly Lock _gate = new();
    private StreamWriter _writer;

    public RequestLog(string path)
    {
        _path = path;
        _writer = Open();
    }

    public void Add(DateTimeOffset time, HttpRequest request, string path, int status, bool isWrite, string? fault)
    {
        var line = JsonSerializer.Serialize(new Line(
            time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            request.Method,
            path,
            string.Join('&', request.Query.Select(pair => $"{pair.Key}={(Shown.Contains(pair.Key) ? pair.Value.ToString() : "***")}")),
            status,
            request.Headers["x-ms-client-request-id"].FirstOrDefault() is { Length: <= 64 } id ? id : null,
            isWrite,
            fault), Json);
        lock (_gate)
        {
            _writer.WriteLine(line);
            if (_writer.BaseStream.Length > LargestBytes)
            {
                _writer.Dispose();
                File.Move(_path, _path + ".old", overwrite: true);
                _writer = Open();
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            // A file opened for appending cannot be cut below the length that it had then.
            _writer.Dispose();
            File.Delete(_path);
            File.Delete(_path + ".old");
            _writer = Open();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _writer.Dispose();
        }
    }

    private StreamWriter Open() => new(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };

    private sealed record Line(string Time, string Method, string Path, string Query, int Status, string? ClientRequestId, bool Write, string? Fault);

    [JsonSerializable(typeof(Line))]
    private sealed partial class LineContext : JsonSerializerContext;
}
