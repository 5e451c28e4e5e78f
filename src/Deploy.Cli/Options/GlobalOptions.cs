using System.CommandLine;

namespace Deploy.Cli.Options;

/// <summary>The options every verb shares.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Stack { get; } = new("--stack", "-s") { Description = "The environment: stacks/Pulumi.<NAME>.yaml (default: PULUMI_STACK, else local).", HelpName = "NAME", Recursive = true };

    public Option<string?> Cloud { get; } = new("--cloud") { Description = "Overrides phi:cloud of the settings: local, public, usGovernment or china.", HelpName = "CLOUD", Recursive = true };

    public Option<string?> Engine { get; } = new("--engine") { Description = "embedded or pulumi (default: embedded for cloud local, else pulumi when it is on PATH).", HelpName = "ENGINE", Recursive = true };

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do not ask before changing anything.", Recursive = true };

    public Option<string> Output { get; } = new("--output", "-o") { Description = "table, or json: exactly one document on standard output.", HelpName = "FORMAT", DefaultValueFactory = _ => "table", Recursive = true };

    public Option<bool> NonInteractive { get; } = new("--non-interactive") { Description = "Never ask; also the case when input is not a terminal.", Recursive = true };

    public Option<string?> Cwd { get; } = new("--cwd", "-C") { Description = "Run as if started in this folder.", HelpName = "DIR", Recursive = true };

    public Option<string> Color { get; } = new("--color") { Description = "auto, always or never.", HelpName = "WHEN", DefaultValueFactory = _ => "auto", Recursive = true };

    public Option<int?> Parallel { get; } = WholeNumber.Option("--parallel", "How many things may happen at once (default: 16).");

    public Option<string?> Store { get; } = new("--store") { Description = "Folder of the local Azure (default: .deploy/azure beside Pulumi.yaml).", HelpName = "DIR", Recursive = true };

    public Option<bool> ShowSecrets { get; } = new("--show-secrets") { Description = "Print secret outputs in clear.", Recursive = true };

    public GlobalOptions()
    {
        Output.AcceptOnlyFromAmong("table", "json");
        Color.AcceptOnlyFromAmong("auto", "always", "never");
        Cloud.AcceptOnlyFromAmong("local", "public", "usGovernment", "china");
        Engine.AcceptOnlyFromAmong("embedded", "pulumi");
        Parallel.Recursive = true;
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Stack, Cloud, Engine, Yes, Output, NonInteractive, Cwd, Color, Parallel, Store, ShowSecrets])
        {
            command.Options.Add(option);
        }
    }

    public GlobalArgs Read(ParseResult result) => new()
    {
        Stack = result.GetValue(Stack),
        Cloud = result.GetValue(Cloud),
        Engine = result.GetValue(Engine),
        Yes = result.GetValue(Yes),
        Json = result.GetValue(Output) == "json",
        NonInteractive = result.GetValue(NonInteractive),
        Cwd = result.GetValue(Cwd),
        Color = result.GetValue(Color)!,
        Parallel = result.GetValue(Parallel) ?? GlobalArgs.DefaultParallel,
        Store = result.GetValue(Store),
        ShowSecrets = result.GetValue(ShowSecrets),
    };
}
