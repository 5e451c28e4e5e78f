using System.Diagnostics;
using System.Runtime.InteropServices;
using Deploy.Cli.Commands.LocalCloud;
using Deploy.Core;
using Deploy.Emulator;

namespace Deploy.Cli.Composition;

/// <summary>Starts this program once more as a local Azure that outlives the terminal.</summary>
internal static partial class BackgroundProcess
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts the host and returns when it answers.</summary>
    /// <exception cref="DeployException">It ended at once, or did not answer in time.</exception>
    public static async Task StartAsync(CommandContext context, LocalAzureOptions options, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(options))
            ?? throw new DeployException(CliErrors.EmulatorNotRunning.With("The local Azure could not be started."));
        process.StandardInput.Close();
        var time = context.Streams.TimeProvider;
        var began = time.GetTimestamp();
        while (!(await LocalAzureControl.StatusAsync(options.StorePath, cancellationToken)).IsRunning)
        {
            if (process.HasExited)
            {
                var text = await process.StandardError.ReadToEndAsync(cancellationToken);
                throw new DeployException(CliErrors.EmulatorNotRunning.With("The local Azure ended as soon as it was started.", detail: text.Trim()));
            }

            if (time.GetElapsedTime(began) > StartTimeout)
            {
                process.Kill(entireProcessTree: true);
                throw new DeployException(CliErrors.EmulatorNotRunning.With($"The local Azure did not answer within {StartTimeout.TotalSeconds:0} s."));
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    /// <summary>Makes this process the leader of a session of its own, so that the terminal's Ctrl-C and hang-up do not reach it.</summary>
    public static void LeaveSession()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSid(); // fails only when the process leads a session already, which is as good
        }
    }

    private static ProcessStartInfo StartInfo(LocalAzureOptions options)
    {
        var own = Environment.ProcessPath!;
        var info = new ProcessStartInfo(own) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(own) == "dotnet")
        {
            info.ArgumentList.Add("exec");
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "deploy.dll"));
        }

        foreach (var argument in StartOptions.Arguments(options))
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSid();
}
