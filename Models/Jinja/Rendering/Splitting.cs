namespace Models.Jinja.Rendering;

/// <c>split</c>, <c>rsplit</c> and <c>splitlines</c> of a string.
internal static class Splitting
{
    public static JinjaList Split(CallContext context, string text, CallArguments arguments)
    {
        var limit = Methods.Integer(context, arguments, 1, "maxsplit", -1);
        if (Separator(context, arguments) is not { } separator)
            return new JinjaList(Words(text, limit));

        var parts = new List<object?>();
        var at = 0;
        while (limit < 0 || parts.Count < limit)
        {
            var found = text.IndexOf(separator, at, StringComparison.Ordinal);
            if (found < 0)
                break;
            parts.Add(text[at..found]);
            at = found + separator.Length;
        }

        parts.Add(text[at..]);
        return new JinjaList(parts);
    }

    public static JinjaList SplitFromEnd(CallContext context, string text, CallArguments arguments)
    {
        var limit = Methods.Integer(context, arguments, 1, "maxsplit", -1);
        if (limit < 0)
            return Split(context, text, arguments);

        if (Separator(context, arguments) is not { } separator)
            return new JinjaList(WordsFromEnd(text, limit));

        var parts = new List<object?>();
        var end = text.Length;
        while (parts.Count < limit)
        {
            var found = end == 0 ? -1 : text.LastIndexOf(separator, end - 1, StringComparison.Ordinal);
            if (found < 0)
                break;
            parts.Add(text[(found + separator.Length)..end]);
            end = found;
        }

        parts.Add(text[..end]);
        parts.Reverse();
        return new JinjaList(parts);
    }

    public static IEnumerable<object?> Lines(string text, bool keepEnds)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\x85' or '\u2028' or '\u2029'))
                continue;

            var end = i;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++;
            yield return text[start..(keepEnds ? i + 1 : end)];
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }

    private static string? Separator(CallContext context, CallArguments arguments) => arguments.Get(0, "sep") switch
    {
        null => null,
        string { Length: > 0 } separator => separator,
        string => throw context.ValueError("split() needs a separator that is not empty"),
        var other => throw context.TypeError($"split() takes a text, not {Operators.Describe(other)}"),
    };

    private static List<object?> Words(string text, long limit)
    {
        var words = new List<object?>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                return words;

            if (limit >= 0 && words.Count == limit)
            {
                words.Add(text[at..].TrimEnd());
                return words;
            }

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
                at++;
            words.Add(text[start..at]);
        }
    }

    private static List<object?> WordsFromEnd(string text, long limit)
    {
        var words = new List<object?>();
        var end = text.Length;
        while (true)
        {
            while (end > 0 && char.IsWhiteSpace(text[end - 1]))
                end--;
            if (end == 0)
                break;

            if (words.Count == limit)
            {
                words.Add(text[..end].TrimStart());
                break;
            }

            var stop = end;
            while (end > 0 && !char.IsWhiteSpace(text[end - 1]))
                end--;
            words.Add(text[end..stop]);
        }

        words.Reverse();
        return words;
    }
}
