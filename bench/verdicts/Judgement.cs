namespace Bench.Verdicts;

/// <summary>What a tool says of one endpoint.</summary>
internal enum Word
{
    Works,
    Broken,

    /// <summary>It could not tell.</summary>
    Unclear,
}

/// <param name="Code">The exact cause, as our codes name it; null for a tool that has none.</param>
/// <param name="Kind">The kind of cause: the first two digits of its code (41 connection, 42 sign-in, 43 answer, 44 identity, 45 stream, 46 status); null for none.</param>
internal sealed record Judgement(Word Word, string? Code, string? Kind)
{
    public static readonly Judgement Works = new(Word.Works, null, null);

    public static Judgement Broken(string kind) => new(Word.Broken, null, kind);

    /// <summary>The kind that a status stands for; what people read off a bare status.</summary>
    public static Judgement OfStatus(int status) => Broken(status is 401 or 403 ? "42" : status is 407 or (>= 300 and < 400) ? "41" : "46");
}
