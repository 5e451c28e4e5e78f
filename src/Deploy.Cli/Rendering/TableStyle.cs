using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>What all tables have in common.</summary>
internal static class TableStyle
{
    /// <summary>A table without lines around it, as long text and narrow terminals need it.</summary>
    public static Table New(string title, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title), new Style(decoration: Decoration.Bold)), ShowRowSeparators = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        return table;
    }
}
