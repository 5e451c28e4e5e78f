using System.CommandLine;
using System.Diagnostics;
using Deploy.Cli.Commands;
using Deploy.Cli.Documents;
using Deploy.Cli.Options;
using Deploy.Cli.Rendering;
using Deploy.Cli.Reports;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Spectre.Console;

namespace Deploy.Cli;

/// <summary>One run of <c>deploy</c>: parses, calls the verb, and makes sure that output and exit code keep their contract however it ends.</summary>
internal sealed class DeployProgram(Streams streams, Interrupt interrupt)
{
    private readonly GlobalOptions _options = new();

    public async Task<int> RunAsync(string[] args)
    {
        var root = BuildRoot();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return await RefuseAsync(args, parsed);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = streams.Output,
            Error = streams.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Ctrl-C is ours: the library would end the process two seconds after it
        });
    }

    private RootCommand BuildRoot()
    {
        var root = new RootCommand(
            """
            Puts Phi models onto Azure AI and checks that they work.

            Examples:
              deploy up                        stand up the local environment, verify it, report quota
              deploy preview -s dev            show what would change
              deploy verify -s prod -o json    check every endpoint of prod
              deploy destroy -s dev --yes      take it down
            """);
        _options.AddTo(root);
        foreach (var command in Verbs.All(this))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>Runs a verb and turns whatever happens into a document or text, and an exit code.</summary>
    public async Task<int> ExecuteAsync(ParseResult parsed, Func<CommandContext, Task<Outcome>> verb)
    {
        var watch = Stopwatch.StartNew();
        var global = _options.Read(parsed);
        var context = Context(global);
        interrupt.OnFirst = () => context.Note("Interrupted: what is in flight is being finished and saved. Once more stops at once.");
        var outcome = await RunVerbAsync(context, verb);
        if (global.Json)
        {
            var document = ResultDocument.Render(outcome, watch.Elapsed);
            await streams.Output.WriteLineAsync(IsPipeline ? GuardedWriter.InJson(document) : document);
        }
        else if (outcome.Errors.Count > 0)
        {
            ErrorView.Write(context.Error, outcome.Errors);
        }

        await streams.Output.FlushAsync();
        return (int)outcome.ExitCode;
    }

    private static async Task<Outcome> RunVerbAsync(CommandContext context, Func<CommandContext, Task<Outcome>> verb)
    {
        try
        {
            return await verb(context);
        }
        catch (Exception exception) when (!Faults.IsDebugged(exception, context))
        {
            return Outcome.Failed(Composition.StackLocator.NameOf(context), Faults.Of(exception, context));
        }
    }

    private async Task<int> RefuseAsync(string[] args, ParseResult parsed)
    {
        var error = CliErrors.BadArguments.With(
            string.Join(" ", parsed.Errors.Select(e => e.Message)), $"Run `deploy {Path(parsed)}--help`.");
        if (WantsJson(args))
        {
            await streams.Output.WriteLineAsync(ResultDocument.Render(Outcome.Failed(null, error), TimeSpan.Zero));
        }
        else
        {
            ErrorView.Write(Console(streams.Error, streams.ErrorIsTerminal, "auto"), [error]);
        }

        return (int)ExitCode.Configuration;
    }

    private static string Path(ParseResult parsed) =>
        string.Concat(parsed.CommandResult.Command is RootCommand ? [] : Ancestors(parsed.CommandResult).Reverse().Select(name => name + " "));

    private static IEnumerable<string> Ancestors(System.CommandLine.Parsing.CommandResult result)
    {
        for (System.CommandLine.Parsing.SymbolResult? current = result; current is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command; current = current.Parent)
        {
            yield return command.Command.Name;
        }
    }

    /// <summary>What could not be parsed may still have asked for JSON.</summary>
    private static bool WantsJson(string[] args) =>
        args.Any(argument => argument is "-o=json" or "--output=json" or "-ojson")
        || args.Zip(args.Skip(1)).Any(pair => pair is ("-o" or "--output", "json"));

    private CommandContext Context(GlobalArgs global) => new()
    {
        Global = global,
        Streams = streams,
        Interrupt = interrupt,
        Out = Console(Guarded(streams.Output), streams.OutputIsTerminal, global.Color),
        Error = Console(Guarded(streams.Error), streams.ErrorIsTerminal, global.Color),
    };

    private bool IsPipeline => Pipeline.Of(streams) is not null;

    private TextWriter Guarded(TextWriter writer) => IsPipeline ? new GuardedWriter(writer) : writer;

    private IAnsiConsole Console(TextWriter writer, bool isTerminal, string color)
    {
        var colored = color switch
        {
            "always" => true,
            "never" => false,
            _ => isTerminal && streams.Variable("NO_COLOR") is null,
        };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal || colored ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Columns of a table that goes to a file or a pipe: wide enough that nothing is cut.</summary>
    private const int PlainWidth = 240;
}
