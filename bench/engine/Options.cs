using System.Globalization;

namespace Bench.Engine;

/// <summary>What a comparison is asked for.</summary>
internal sealed record Options
{
    public IReadOnlyList<int> Sizes { get; init; } = [10, 100, 1000, 10000];

    /// <summary>Pairs of runs; null takes five, and two at 10,000 resources.</summary>
    public int? Rounds { get; init; }

    /// <summary>Whether the result replaces the file in <c>bench/results/</c>.</summary>
    public bool Write { get; init; }

    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var index = 0; index < args.Count; index++)
        {
            options = args[index] switch
            {
                "--write" => options with { Write = true },
                "--sizes" => options with { Sizes = [.. args[++index].Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] },
                "--rounds" => options with { Rounds = int.Parse(args[++index], CultureInfo.InvariantCulture) },
                var other => throw new ArgumentException($"'{other}' is no option: --sizes 10,100 | --rounds 5 | --write"),
            };
        }

        return options;
    }

    public int RoundsFor(int size) => Rounds ?? (size >= 10000 ? 2 : 5);
}
