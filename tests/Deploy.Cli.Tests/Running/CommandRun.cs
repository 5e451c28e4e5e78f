using Deploy.Cli.Terminal;

namespace Deploy.Cli.Tests.Running;

/// <summary>One run of <c>deploy</c> inside the test, without a terminal and with no variable set.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> OfAsync(string folder, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interrupt = new Interrupt();
        var streams = new Streams
        {
            Output = output,
            Error = error,
            Input = TextReader.Null,
            IsInteractive = false,
            ErrorIsTerminal = false,
            OutputIsTerminal = false,
            Environment = new Dictionary<string, string>(),
            WorkingDirectory = folder,
            TimeProvider = TimeProvider.System,
        };
        var exitCode = await new DeployProgram(streams, interrupt).RunAsync(args);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
