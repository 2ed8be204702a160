namespace Models.Jinja.Rendering;

/// <summary>Rendered text and the way back to the templates it came from.</summary>
public sealed record RenderedTemplate(string Text, SourceMap Map)
{
    /// <summary>Text that no template wrote.</summary>
    public static RenderedTemplate Unmapped(string text) => new(text, SourceMap.Empty);

    /// <summary>The parts one after another, each with its own map.</summary>
    public static RenderedTemplate Concat(params ReadOnlySpan<RenderedTemplate> parts)
    {
        var output = new MappedText();
        foreach (var part in parts)
            output.AppendMapped(part.Text, part.Map.Segments);
        return output.ToRendered();
    }

    /// <summary>A stretch of the text, with what of the map belongs to it.</summary>
    public RenderedTemplate Slice(int start, int length)
    {
        var segments = new List<Segment>();
        foreach (var segment in Map.Segments[Math.Max(0, Map.IndexAt(start))..])
        {
            if (segment.Start >= start + length)
                break;
            if (segment.TrySlice(start, length, out var slice))
                segments.Add(slice);
        }

        return new RenderedTemplate(Text.Substring(start, length), new SourceMap([.. segments]));
    }
}
