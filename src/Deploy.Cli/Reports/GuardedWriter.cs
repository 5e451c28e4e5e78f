using System.Text;

namespace Deploy.Cli.Reports;

/// <summary>
/// Takes the power from text that a pipeline would carry out: both services read commands from a step's output, and what an endpoint answers gets into it.
/// </summary>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    // Between the two characters that begin a command, where it cannot be seen.
    private const string Break = "\u200b";

    private bool _isLineStart = true;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    public override void Write(string? value)
    {
        if (value is { Length: > 0 })
        {
            inner.Write(Disarm(value));
        }
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    /// <summary>The same JSON, with nothing in it that begins a command: between quotes an escape is the same character.</summary>
    public static string InJson(string document) => document.Replace("##", @"#\u0023", StringComparison.Ordinal);

    // "##vso[" and "##[" count anywhere in a line, "::" at its beginning.
    private string Disarm(string text)
    {
        var lines = text.Split('\n').Select((line, at) =>
        {
            var safe = line.Replace("##", $"#{Break}#", StringComparison.Ordinal);
            return (at > 0 || _isLineStart) && safe.AsSpan().TrimStart().StartsWith("::", StringComparison.Ordinal)
                ? safe.Insert(safe.IndexOf("::", StringComparison.Ordinal) + 1, Break)
                : safe;
        }).ToArray();
        _isLineStart = lines[^1].AsSpan().Trim().IsEmpty && (lines.Length > 1 || _isLineStart);
        return string.Join('\n', lines);
    }
}
