using System.Globalization;

namespace Bench.Emulator;

/// <summary>What is asked for.</summary>
internal sealed record BenchOptions
{
    private static readonly string[] Known = ["start", "load", "memory", "cost"];

    /// <summary>Which measurements; all unless named.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>Pairs of starts.</summary>
    public int Rounds { get; init; } = 9;

    public int Clients { get; init; } = 200;

    /// <summary>Requests of each client under load.</summary>
    public int RequestsPerClient { get; init; } = 50;

    /// <summary>Requests of the memory run.</summary>
    public int Requests { get; init; } = 200_000;

    public IReadOnlyList<int> Sizes { get; init; } = [10, 100, 1000, 10000];

    /// <summary>Whether the result replaces <c>bench/results/emulator.md</c>.</summary>
    public bool Write { get; init; }

    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        for (var index = 0; index < args.Count; index++)
        {
            options = args[index] switch
            {
                "--write" => options with { Write = true },
                "--rounds" => options with { Rounds = Number(args[++index]) },
                "--clients" => options with { Clients = Number(args[++index]) },
                "--requests" => options with { Requests = Number(args[++index]) },
                "--sizes" => options with { Sizes = [.. args[++index].Split(',').Select(Number)] },
                var run when Known.Contains(run) => options with { Runs = [.. options.Runs, run] },
                var other => throw new ArgumentException($"'{other}' is no option: start load memory cost | --rounds 9 | --clients 200 | --requests 200000 | --sizes 10,100 | --write"),
            };
        }

        return options;
    }

    public bool Has(string run) => Runs.Count == 0 || Runs.Contains(run);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
