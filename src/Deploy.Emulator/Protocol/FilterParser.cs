using System.Text.RegularExpressions;

namespace Deploy.Emulator.Protocol;

/// <summary>Reads a filter by recursive descent.</summary>
internal sealed partial class FilterParser
{
    private const int DeepestNesting = 20;

    private readonly List<string> _words;
    private readonly FilterFields _fields;
    private int _at;
    private int _depth;

    public FilterParser(string text, FilterFields fields)
    {
        _fields = fields;
        _words = [.. Words().Matches(text).Select(match => match.Value)];
        if (Words().Replace(text, "").Trim() is { Length: > 0 } rest)
        {
            throw new FilterException($"'{rest}' is not part of any word; texts stand in single quotes.");
        }
    }

    public Func<FilterSubject, bool> Whole()
    {
        var whole = Or();
        return _at == _words.Count ? whole : throw new FilterException($"'{_words[_at]}' was not expected.");
    }

    private Func<FilterSubject, bool> Or()
    {
        var left = And();
        while (TakeIf("or"))
        {
            var (first, second) = (left, And());
            left = subject => first(subject) || second(subject);
        }

        return left;
    }

    private Func<FilterSubject, bool> And()
    {
        var left = Term();
        while (TakeIf("and"))
        {
            var (first, second) = (left, Term());
            left = subject => first(subject) && second(subject);
        }

        return left;
    }

    private Func<FilterSubject, bool> Term()
    {
        if (++_depth > DeepestNesting)
        {
            throw new FilterException($"It is nested more than {DeepestNesting} times.");
        }

        var term = TakeIf("(") ? Bracketed() : Take("a condition") is var word && _at < _words.Count && _words[_at] == "(" ? Call(word) : Comparison(word);
        _depth--;
        return term;
    }

    private Func<FilterSubject, bool> Bracketed()
    {
        var inner = Or();
        Expect(")");
        return inner;
    }

    private Func<FilterSubject, bool> Comparison(string word)
    {
        var field = Field(word);
        var isEqual = Take("eq or ne").ToLowerInvariant() switch
        {
            "eq" => true,
            "ne" => false,
            var other => throw new FilterException($"The operator '{other}' is not supported; supported are eq and ne."),
        };
        var value = Literal();
        return subject => string.Equals(subject.Field(field), value, StringComparison.OrdinalIgnoreCase) == isEqual;
    }

    private Func<FilterSubject, bool> Call(string function)
    {
        Expect("(");
        switch (function.ToLowerInvariant())
        {
            case "substringof":
                var part = Literal();
                Expect(",");
                var searched = Field(Take("a field"));
                Expect(")");
                return subject => subject.Field(searched)?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
            case "startswith":
                var field = Field(Take("a field"));
                Expect(",");
                var start = Literal();
                Expect(")");
                return subject => subject.Field(field)?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true;
            default:
                if (_fields.Functions.FirstOrDefault(known => known.Equals(function, StringComparison.OrdinalIgnoreCase)) is not { } own)
                {
                    throw new FilterException($"The function '{function}' is not supported; supported are {string.Join(", ", ["substringof", "startswith", .. _fields.Functions])}.");
                }

                var argument = TakeIf(")") ? "" : LiteralThenBracket();
                return subject => subject.Function?.Invoke(own, argument) == true;
        }
    }

    private string LiteralThenBracket()
    {
        var value = Literal();
        Expect(")");
        return value;
    }

    private string Field(string word) => _fields.Fields.FirstOrDefault(field => field.Equals(word, StringComparison.OrdinalIgnoreCase))
        ?? throw new FilterException($"The field '{word}' is not supported; supported are {string.Join(", ", _fields.Fields)}.");

    // Guids come with and without quotes.
    private string Literal()
    {
        var word = Take("a value");
        return word.StartsWith('\'') ? word[1..^1].Replace("''", "'", StringComparison.Ordinal)
            : Guid.TryParse(word, out _) ? word
            : throw new FilterException($"'{word}' is not a text in single quotes.");
    }

    private string Take(string what) => _at < _words.Count ? _words[_at++] : throw new FilterException($"It ends where {what} was expected.");

    private bool TakeIf(string word)
    {
        var isNext = _at < _words.Count && _words[_at].Equals(word, StringComparison.OrdinalIgnoreCase);
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private void Expect(string word)
    {
        if (!TakeIf(word))
        {
            throw new FilterException(_at < _words.Count ? $"'{_words[_at]}' stands where '{word}' was expected." : $"It ends where '{word}' was expected.");
        }
    }

    [GeneratedRegex(@"'(?:[^']|'')*'|[(),]|[A-Za-z0-9_./-]+")]
    private static partial Regex Words();
}
