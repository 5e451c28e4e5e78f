namespace Deploy.Cli.Terminal;

/// <summary>Everything a run of <c>deploy</c> touches of its surroundings, so that a test can run it in-process.</summary>
internal sealed record Streams
{
    /// <summary>The result, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress, logs, questions.</summary>
    public required TextWriter Error { get; init; }

    public required TextReader Input { get; init; }

    /// <summary>Whether a person can be asked: input and error are both a terminal.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Whether standard error is a terminal that can be redrawn.</summary>
    public required bool ErrorIsTerminal { get; init; }

    public required bool OutputIsTerminal { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public static Streams OfThisProcess()
    {
        var variables = System.Environment.GetEnvironmentVariables();
        return new Streams
        {
            Output = Console.Out,
            Error = Console.Error,
            Input = Console.In,
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            Environment = variables.Keys.Cast<string>().ToDictionary(key => key, key => (string)variables[key]!, StringComparer.Ordinal),
            WorkingDirectory = System.Environment.CurrentDirectory,
            TimeProvider = TimeProvider.System,
        };
    }

    /// <summary>The value of an environment variable, or null when it is not set or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
