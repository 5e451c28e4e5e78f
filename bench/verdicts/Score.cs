using System.Globalization;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>How often a tool is right.</summary>
internal sealed record Score
{
    public required string Tool { get; init; }

    /// <summary>Of the endpoints called broken, the share that is.</summary>
    public required double? Precision { get; init; }

    /// <summary>Of the broken endpoints, the share that is called so.</summary>
    public required double Recall { get; init; }

    /// <summary>Of the endpoints that nobody can judge (throttled, not reached), the share that is not called anything else.</summary>
    public required double Honesty { get; init; }

    /// <summary>Of the endpoints with something to tell, the share whose exact cause is named.</summary>
    public required double Causes { get; init; }

    /// <summary>The same, by the kind of cause only.</summary>
    public required double Kinds { get; init; }

    /// <summary>Where the tool is wrong, by name.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    public static Score Of(string tool, IReadOnlyList<Behaviour> behaviours, IReadOnlyList<Judgement> judgements)
    {
        var pairs = behaviours.Zip(judgements).ToArray();
        var judgeable = pairs.Where(pair => pair.First.Status != CheckStatus.Inconclusive).ToArray();
        var called = judgeable.Where(pair => pair.Second.Word == Word.Broken).ToArray();
        var broken = judgeable.Where(pair => pair.First.Status == CheckStatus.Fail).ToArray();
        var told = pairs.Where(pair => pair.First.Cause is not null).ToArray();
        return new()
        {
            Tool = tool,
            Precision = called.Length == 0 ? null : Share(called, pair => pair.First.Status == CheckStatus.Fail),
            Recall = Share(broken, pair => pair.Second.Word == Word.Broken),
            Honesty = Share([.. pairs.Except(judgeable)], pair => pair.Second.Word == Word.Unclear),
            Causes = Share(told, pair => pair.Second.Code == pair.First.Cause!.Code),
            Kinds = Share(told, pair => pair.Second.Kind == pair.First.Cause!.Code[3..5]),
            Wrong = [.. pairs.Where(pair => Truth(pair.First) != pair.Second.Word).Select(pair => pair.First.Name)],
        };
    }

    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Tool} | {(Precision is { } precision ? Percent(precision) : "–")} | {Percent(Recall)} | {Percent(Honesty)} | {Percent(Causes)} | {Percent(Kinds)} |");

    private static Word Truth(Behaviour behaviour) => behaviour.Status switch
    {
        CheckStatus.Fail => Word.Broken,
        CheckStatus.Inconclusive => Word.Unclear,
        _ => Word.Works,
    };

    private static double Share((Behaviour First, Judgement Second)[] items, Func<(Behaviour First, Judgement Second), bool> isSo) => items.Length == 0 ? 1 : (double)items.Count(isSo) / items.Length;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");
}
