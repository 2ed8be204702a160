namespace Models.Jinja.Rendering;

/// <summary>Rendered text and its source map.</summary>
public sealed record RenderedTemplate(string Text, SourceMap Map)
{
    /// <summary>Wraps text that no template produced.</summary>
    public static RenderedTemplate Unmapped(string text) => new(text, SourceMap.Empty);

    /// <summary>Concatenates the parts and their source maps.</summary>
    public static RenderedTemplate Concat(params ReadOnlySpan<RenderedTemplate> parts)
    {
        var output = new MappedText();
        foreach (var part in parts)
            output.AppendMapped(part.Text, part.Map.Segments);
        return output.ToRendered();
    }

    /// <summary>Returns part of the text with the matching part of the source map.</summary>
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
