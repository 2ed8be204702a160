namespace Models.Compiler.Diagnostics;

/// <summary>The text of one source file together with its path and the start of each line.</summary>
public sealed class SourceText
{
    private readonly Func<string>? _read;
    private string? _text;
    private int[]? _lineStarts;

    /// <param name="path">The path shown in diagnostics.</param>
    /// <param name="text">The decoded text, without a byte order mark.</param>
    public SourceText(string path, string text)
    {
        Path = path;
        _text = text;
    }

    /// <param name="path">The path shown in diagnostics.</param>
    /// <param name="read">Gives the text when it is first asked for; the same each time.</param>
    internal SourceText(string path, Func<string> read)
    {
        Path = path;
        _read = read;
    }

    public string Path { get; }

    public string Text => _text ??= _read!();

    /// <summary>The span of <paramref name="length"/> characters from the 0-based offset <paramref name="start"/>.</summary>
    public SourceSpan Span(int start, int length)
    {
        var (startLine, startColumn) = Position(start);
        var (endLine, endColumn) = Position(start + length);
        return new SourceSpan(Path, startLine, startColumn, endLine, endColumn);
    }

    /// <summary>Line and column, from 1, of a 0-based offset; an offset past the end is the end.</summary>
    public (int Line, int Column) Position(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        _lineStarts ??= FindLineStarts(Text);
        var line = Array.BinarySearch(_lineStarts, offset);
        if (line < 0)
            line = ~line - 1;

        return (line + 1, offset - _lineStarts[line] + 1);
    }

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}
