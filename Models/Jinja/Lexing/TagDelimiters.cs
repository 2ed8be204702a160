using System.Buffers;

namespace Models.Jinja.Lexing;

/// <summary>Finds where tags start. If several delimiters match, the longest one wins.</summary>
internal sealed class TagDelimiters
{
    private readonly TemplateSyntax _syntax;
    private readonly (string Text, TagKind Kind)[] _starts;
    private readonly SearchValues<char> _firstCharacters;

    private TagDelimiters(TemplateSyntax syntax)
    {
        _syntax = syntax;
        List<(string Text, TagKind Kind)> starts =
        [
            (syntax.BlockStart, TagKind.Block),
            (syntax.VariableStart, TagKind.Variable),
            (syntax.CommentStart, TagKind.Comment),
        ];
        if (syntax.LineStatementPrefix is { } statement)
            starts.Add((statement, TagKind.LineStatement));
        if (syntax.LineCommentPrefix is { } comment)
            starts.Add((comment, TagKind.LineComment));

        _starts = [.. starts.OrderByDescending(s => s.Text.Length)];
        _firstCharacters = SearchValues.Create([.. _starts.Select(s => s.Text[0]).Distinct()]);
    }

    private static TagDelimiters Default { get; } = new(TemplateSyntax.Dbt);

    public static TagDelimiters Of(TemplateSyntax syntax) => ReferenceEquals(syntax, TemplateSyntax.Dbt) ? Default : new TagDelimiters(syntax);

    /// <summary>
    /// Finds the next tag between <paramref name="from"/> and <paramref name="end"/>. A line statement or line comment starts with the whitespace
    /// before it.
    /// </summary>
    public TagKind FindNext(string text, int from, int end, out int start)
    {
        for (var at = from; at < end; at++)
        {
            var found = text.AsSpan(at, end - at).IndexOfAny(_firstCharacters);
            if (found < 0)
                break;

            at += found;
            foreach (var (delimiter, kind) in _starts)
            {
                if (delimiter[0] != text[at] || at + delimiter.Length > end || string.CompareOrdinal(text, at, delimiter, 0, delimiter.Length) != 0)
                    continue;

                start = at;
                if (kind == TagKind.LineStatement && !StartsLine(text, from, ref start))
                    continue;
                if (kind == TagKind.LineComment)
                    start = BlanksBefore(text, from, at);
                return kind;
            }
        }

        start = end;
        return TagKind.None;
    }

    public int StartLength(TagKind kind, string text, int start)
    {
        switch (kind)
        {
            case TagKind.Variable:
                return _syntax.VariableStart.Length;
            case TagKind.Block:
                return _syntax.BlockStart.Length;
            case TagKind.Comment:
                return _syntax.CommentStart.Length;
        }

        var prefix = kind == TagKind.LineStatement ? _syntax.LineStatementPrefix! : _syntax.LineCommentPrefix!;
        return text.IndexOf(prefix, start, StringComparison.Ordinal) - start + prefix.Length;
    }

    private static bool StartsLine(string text, int from, ref int start)
    {
        var blanks = BlanksBefore(text, from, start);
        if (blanks != 0 && text[blanks - 1] is not ('\n' or '\r'))
            return false;

        start = blanks;
        return true;
    }

    private static int BlanksBefore(string text, int from, int at)
    {
        while (at > from && text[at - 1] is ' ' or '\t' or '\v')
            at--;
        return at;
    }
}
