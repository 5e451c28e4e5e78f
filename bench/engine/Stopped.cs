using System.Diagnostics;

namespace Bench.Engine;

/// <summary>A process that has ended, by the clock from before its start to after its end.</summary>
internal sealed record Stopped(double Seconds, string Output)
{
    public static async Task<Stopped> RunAsync(string folder, IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0
            ? new(seconds, output)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await error}{output}");
    }

    public static Task<Stopped> RunAsync(string folder, string program, params string[] arguments) =>
        RunAsync(folder, new Dictionary<string, string?>(), program, arguments);
}
