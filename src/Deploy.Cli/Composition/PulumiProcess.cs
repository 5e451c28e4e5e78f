using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Deploy.Core;

namespace Deploy.Cli.Composition;

/// <summary>The Pulumi CLI of this machine, run for one stack.</summary>
/// <param name="program">Its full path.</param>
/// <param name="folder">Folder of <c>Pulumi.yaml</c>.</param>
/// <param name="stack">The stack.</param>
/// <param name="environment">Variables on top of this process's own.</param>
internal sealed class PulumiProcess(string program, string folder, StackName stack, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The same CLI for another stack of the project.</summary>
    public PulumiProcess For(StackName other) => new(program, folder, other, environment);

    /// <summary>Runs a command and hands over each line it prints, standard error included; the flag says which.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Action<string, bool> onLine, bool forwardInterrupt, CancellationToken graceful, CancellationToken abort)
    {
        using var process = new Process { StartInfo = StartInfo(arguments) };
        process.OutputDataReceived += (_, line) => Forward(line.Data, false);
        process.ErrorDataReceived += (_, line) => Forward(line.Data, true);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new DeployException(CliErrors.EngineUnavailable.With($"The Pulumi CLI at {program} cannot be started.", detail: exception.Message), exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // On a terminal Ctrl-C reaches the CLI by itself; a second signal would make it give up.
        using var interrupt = graceful.Register(() =>
        {
            if (forwardInterrupt && !process.HasExited)
            {
                using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
                kill.WaitForExit();
            }
        });
        try
        {
            await process.WaitForExitAsync(abort);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;

        void Forward(string? line, bool isError)
        {
            if (line is not null)
            {
                onLine(line, isError);
            }
        }
    }

    /// <summary>Runs a command and returns what it printed on standard output; null when it failed.</summary>
    public async Task<string?> ReadAsync(IReadOnlyList<string> arguments, Action<string> onErrorLine, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var code = await RunAsync(arguments, (line, isError) =>
        {
            if (isError)
            {
                onErrorLine(line);
            }
            else
            {
                output.AppendLine(line);
            }
        }, forwardInterrupt: false, cancellationToken, cancellationToken);
        return code == 0 ? output.ToString() : null;
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. arguments, "--stack", stack.Value, "--non-interactive", "--color", "never"])
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
