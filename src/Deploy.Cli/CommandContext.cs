using Deploy.Cli.Options;
using Deploy.Cli.Terminal;
using Spectre.Console;

namespace Deploy.Cli;

/// <summary>What a command works with: the user's words, the terminal, and the ways to be interrupted.</summary>
internal sealed record CommandContext
{
    public required GlobalArgs Global { get; init; }

    public required Streams Streams { get; init; }

    public required Interrupt Interrupt { get; init; }

    /// <summary>Standard output, for the result in table form.</summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Standard error, for everything else.</summary>
    public required IAnsiConsole Error { get; init; }

    public bool IsInteractive => Streams.IsInteractive && !Global.NonInteractive;

    public CancellationToken CancellationToken => Interrupt.Graceful;

    /// <summary>What the user has been told already in this run; the same warning from preflight, preview and update is one warning.</summary>
    public HashSet<string> Said { get; } = new(StringComparer.Ordinal);

    /// <summary>A line on standard error.</summary>
    public void Note(string text) => Error.MarkupLineInterpolated($"{text}");
}
