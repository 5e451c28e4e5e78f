namespace Deploy.Emulator.Protocol;

/// <summary>What a list's <c>$filter</c> may speak of.</summary>
internal sealed record FilterFields
{
    /// <summary>Fields that can be compared and searched.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Functions with one or no argument that stand alone, such as <c>atScope()</c>.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];
}

/// <summary>One entry of a list as a filter sees it: <see cref="Field"/> null when the entry has no such value.</summary>
internal sealed record FilterSubject(Func<string, string?> Field, Func<string, string, bool>? Function = null);

/// <summary>An OData filter as Azure Resource Manager takes it: <c>eq</c>, <c>ne</c>, <c>and</c>, <c>or</c>, brackets, <c>substringof</c>, <c>startswith</c>.</summary>
internal sealed class ListFilter
{
    private readonly Func<FilterSubject, bool> _matches;

    private ListFilter(string text, Func<FilterSubject, bool> matches)
    {
        Text = text;
        _matches = matches;
    }

    public static ListFilter Everything { get; } = new("", _ => true);

    public string Text { get; }

    /// <summary>The filter, or Azure's refusal with the part that is not understood by name.</summary>
    public static (ListFilter? Filter, ArmResponse? Fault) Parse(string? text, FilterFields fields)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (Everything, null);
        }

        try
        {
            return (new ListFilter(text, new FilterParser(text, fields).Whole()), null);
        }
        catch (FilterException e)
        {
            return (null, ArmErrors.Error(400, "InvalidFilterInQueryString", $"Invalid $filter '{text}' specified in the query string. {e.Message}"));
        }
    }

    public bool Matches(FilterSubject subject) => _matches(subject);

    public bool Speaks(string field) => Text.Contains(field, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A filter that is not understood; the message names the part.</summary>
internal sealed class FilterException(string message) : Exception(message);
