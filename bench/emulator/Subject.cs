using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bench.Engine;
using Deploy.Emulator;

namespace Bench.Emulator;

/// <summary>A process with a web server in it: <c>deploy emulator start --foreground</c> on a store of its own, or the empty app.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly string? _store;

    private Subject(Process process, string? store)
    {
        _process = process;
        _store = store;
    }

    public int ProcessId => _process.Id;

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts one and waits for its first 200; the time is from before the start of the process.</summary>
    public static async Task<(Subject Subject, double Seconds)> EmulatorAsync(string? store = null)
    {
        store ??= Directory.CreateTempSubdirectory("deploy-bench-").FullName;
        var (https, http) = (FreePort(), FreePort());
        await File.WriteAllTextAsync(Path.Combine(store, "ports.json"), $$"""{"https":{{https}},"http":{{http}}}""");
        // `/` answers over both addresses; the empty app has no TLS either.
        return await StartAsync(store, http, Places.Built("Deploy.Cli", "deploy.dll"), "emulator", "start", "--foreground", "--store", store);
    }

    public static async Task<(Subject Subject, double Seconds)> EmptyAsync()
    {
        var port = FreePort();
        return await StartAsync(null, port, typeof(Subject).Assembly.Location, "empty", $"{port}");
    }

    public async Task<LocalAzureConnection> ConnectAsync() =>
        (await LocalAzure.TryAttachAsync(_store!, CancellationToken.None) ?? throw new InvalidOperationException("The local Azure does not answer.")).Connection;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_store is not null)
        {
            Directory.Delete(_store, recursive: true);
        }
    }

    private static async Task<(Subject Subject, double Seconds)> StartAsync(string? store, int port, string assembly, params string[] arguments)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var info = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var since = Stopwatch.GetTimestamp();
        var process = Process.Start(info) ?? throw new InvalidOperationException("dotnet could not be started.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (Stopwatch.GetElapsedTime(since) < ReadyWithin && !process.HasExited)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
                if (response.IsSuccessStatusCode)
                {
                    return (new Subject(process, store), Stopwatch.GetElapsedTime(since).TotalSeconds);
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(LookAgain);
            }
        }

        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"'{string.Join(' ', arguments)}' was not ready within {ReadyWithin.TotalSeconds:0} s.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
