using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Deploy.Core;

namespace Deploy.Engine.Programs;

/// <summary>
/// A child process in a session of its own, so that Ctrl-C at our terminal does not reach it and everything it starts can be ended with it.
/// </summary>
internal static partial class ProgramProcess
{
    private const int KillSignal = 9;

    private static readonly string[] SessionTools = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Runs a process to its end; cancelling ends it and what it started.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="DeployException">It could not be started.</exception>
    public static async Task<int> RunAsync(ProcessPlan plan, Action<string, bool> onOutput, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = OperatingSystem.IsLinux() ? SessionTools.FirstOrDefault(File.Exists) : null;
        using var process = new Process { StartInfo = StartInfo(plan, session) };
        process.OutputDataReceived += (_, line) => Forward(line.Data, false);
        process.ErrorDataReceived += (_, line) => Forward(line.Data, true);
        Start(process, plan);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        finally
        {
            // Also after a normal end: what the program left running in its session has no business any more.
            End(process, session is not null);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        void Forward(string? line, bool isError)
        {
            if (line is not null)
            {
                onOutput(line, isError);
            }
        }
    }

    private static ProcessStartInfo StartInfo(ProcessPlan plan, string? session)
    {
        var info = new ProcessStartInfo(session ?? plan.FileName)
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (session is not null)
        {
            // Started by us it is no group leader: setsid makes the session and becomes the program, with the same process id.
            info.ArgumentList.Add(plan.FileName);
        }

        foreach (var argument in plan.Arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in plan.Environment)
        {
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }

        return info;
    }

    private static void Start(Process process, ProcessPlan plan)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new DeployException(EngineErrors.ProgramNotStarted.With($"'{plan.FileName}' could not be started: {exception.Message}"), exception);
        }
    }

    private static void End(Process process, bool hasSession)
    {
        if (hasSession)
        {
            // A negative id names the process group; that there is none any more is the usual case.
            _ = Kill(-process.Id, KillSignal);
        }
        else if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}

/// <summary>What to start. A null value in the environment removes a variable.</summary>
internal sealed record ProcessPlan
{
    public required string FileName { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string?> Environment { get; init; }
}
