using System.Globalization;
using System.Text;

namespace Deploy.Verification.Reports.Formats;

/// <summary>A page with a limit: what must be there is there, tables end where the room does and say how much is missing.</summary>
internal sealed class MarkdownPage(int limit)
{
    // Room for the sentences that say what was left out, one for each table.
    private const int Reserve = 1_500;

    private readonly StringBuilder _text = new();
    private int _size;

    public void Must(string text)
    {
        _text.Append(text);
        _size += Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>A table with as many of its rows as there is room for; nothing when there are no rows.</summary>
    /// <param name="heading">The line above it.</param>
    /// <param name="columns">The table's head.</param>
    /// <param name="rows">Finished lines.</param>
    /// <param name="things">What the rows are, for the sentence about those that are missing.</param>
    public void Rows(string heading, IReadOnlyList<string> columns, IReadOnlyList<string> rows, string things)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var head = $"\n{heading}\n\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n";
        var shown = 0;
        if (Fits(head))
        {
            Must(head);
            while (shown < rows.Count && Fits(rows[shown]))
            {
                Must(rows[shown]);
                shown++;
            }
        }

        if (shown < rows.Count)
        {
            Must(string.Create(CultureInfo.InvariantCulture, $"\n{rows.Count - shown:#,0} of {rows.Count:#,0} {things} are left out here for lack of room; the totals above count all of them.\n"));
        }
    }

    public override string ToString() => _text.ToString();

    private bool Fits(string text) => _size + Encoding.UTF8.GetByteCount(text) <= limit - Reserve;
}
