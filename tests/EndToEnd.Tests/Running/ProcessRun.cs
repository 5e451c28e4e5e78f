using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Running;

/// <summary>How a process ended, and what it said.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonObject Json => JsonNode.Parse(Output)?.AsObject() ?? throw new InvalidOperationException($"no JSON document on standard output; standard error: {Error}");

    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}

/// <summary>A process of a test: started, watched, and ended with the test.</summary>
internal sealed class ProcessRun : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private ProcessRun(Process process) => _process = process;

    public int Id => _process.Id;

    public static ProcessRun Start(string folder, IReadOnlyDictionary<string, string?> environment, string program, params IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var run = new ProcessRun(new Process { StartInfo = info });
        run._process.OutputDataReceived += (_, line) => Append(run._output, line.Data);
        run._process.ErrorDataReceived += (_, line) => Append(run._error, line.Data);
        run._process.Start();
        run._process.StandardInput.Close();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>The lines of standard error so far.</summary>
    public IReadOnlyList<string> ErrorLines => Text(_error).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public bool HasExited => _process.HasExited;

    /// <summary>As <c>kill -9</c>: this process only, nothing it started.</summary>
    public void KillNow() => _process.Kill(entireProcessTree: false);

    /// <summary>
    /// As Ctrl-C. A shell that runs its command in the background makes it ignore SIGINT, and so everything below it; <c>deploy</c> treats SIGTERM alike, and it
    /// cannot be ignored by inheritance in that way.
    /// </summary>
    public void Interrupt() => Signal(IgnoresInterrupt() ? "TERM" : "INT");

    private static bool IgnoresInterrupt()
    {
        const ulong sigint = 1UL << 1;
        var mask = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return mask is not null && (ulong.Parse(mask["SigIgn:".Length..].Trim(), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & sigint) != 0;
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<ProcessOutcome> WaitAsync()
    {
        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The process did not end within {Limit}.\n{new ProcessOutcome(-1, Text(_output), Text(_error))}");
        }

        return new ProcessOutcome(_process.ExitCode, Text(_output), Text(_error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (builder)
        {
            builder.AppendLine(line);
        }
    }

    private static string Text(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }
}
