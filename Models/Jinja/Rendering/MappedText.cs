using System.Text;
using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>The output written so far, with the template position of each segment.</summary>
internal sealed class MappedText
{
    private readonly StringBuilder _text = new();
    private readonly List<Segment> _segments = [];

    public int Length => _text.Length;

    /// <summary>Appends literal text of the template.</summary>
    public void AppendLiteral(string text, SourceText source, int sourceStart, MacroFrame? call)
    {
        _segments.Add(new Segment(_text.Length, text.Length, source, sourceStart, text.Length, IsLiteral: true, call));
        _text.Append(text);
    }

    /// <summary>Appends the value of an expression.</summary>
    public void AppendValue(string text, SourceText source, int sourceStart, int sourceLength, MacroFrame? call)
    {
        if (text.Length == 0)
            return;

        _segments.Add(new Segment(_text.Length, text.Length, source, sourceStart, sourceLength, IsLiteral: false, call));
        _text.Append(text);
    }

    /// <summary>Appends text that already has a source map.</summary>
    public void AppendMapped(string text, ReadOnlySpan<Segment> segments)
    {
        var offset = _text.Length;
        foreach (var segment in segments)
            _segments.Add(segment.MovedBy(offset));
        _text.Append(text);
    }

    public void Clear()
    {
        _text.Clear();
        _segments.Clear();
    }

    public string Text() => _text.ToString();

    public Segment[] Segments() => [.. _segments];

    public RenderedTemplate ToRendered() => new(Text(), new SourceMap(Segments()));
}
