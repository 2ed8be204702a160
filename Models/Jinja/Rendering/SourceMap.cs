namespace Models.Jinja.Rendering;

/// <summary>Maps positions in rendered text to the template that produced them.</summary>
public sealed class SourceMap
{
    private readonly Segment[] _segments;

    internal SourceMap(Segment[] segments)
    {
        _segments = segments;
    }

    public static SourceMap Empty { get; } = new([]);

    internal ReadOnlySpan<Segment> Segments => _segments;

    /// <summary>
    /// Locates the character at the 0-based <paramref name="offset"/>. Text that no template produced, and the end of the text, map to the segment
    /// before them.
    /// </summary>
    public MappedPosition Locate(int offset)
    {
        var index = IndexAt(offset);
        if (index < 0)
            return new MappedPosition(default, [], IsLiteral: false);

        var segment = _segments[index];
        var macros = new List<MacroCall>();
        for (var call = segment.Call; call is not null; call = call.Caller)
            macros.Add(new MacroCall(call.Macro, call.Span));

        if (!segment.IsLiteral)
            return new MappedPosition(segment.Source.Span(segment.SourceStart, segment.SourceLength), macros, IsLiteral: false);

        var within = Math.Clamp(offset - segment.Start, 0, Math.Max(0, segment.SourceLength - 1));
        var start = segment.SourceStart + within;
        var length = WordLength(segment.Source.Text, start, segment.SourceStart + segment.SourceLength);
        return new MappedPosition(segment.Source.Span(start, length), macros, IsLiteral: true);
    }

    /// <summary>The last segment that starts at or before <paramref name="offset"/>, otherwise the first; -1 if there are no segments.</summary>
    internal int IndexAt(int offset)
    {
        int low = 0, high = _segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_segments[middle].Start <= offset)
                low = middle;
            else
                high = middle - 1;
        }

        return high;
    }

    /// <summary>The length of the identifier, number or quoted name that starts at <paramref name="start"/>; otherwise 1.</summary>
    private static int WordLength(string text, int start, int end)
    {
        if (start >= end)
            return 0;

        var at = start;
        if (text[at] is '"' or '\'')
        {
            var close = text.IndexOf(text[at], at + 1, end - at - 1);
            return close < 0 ? 1 : close - start + 1;
        }

        while (at < end && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$'))
            at++;
        return Math.Max(1, at - start);
    }
}
