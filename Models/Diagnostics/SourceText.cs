namespace Models.Diagnostics;

/// <summary>The text of one source file together with its path and the start of each line.</summary>
public sealed class SourceText
{
    private readonly Func<string>? _read;
    private string? _text;
    private int[]? _lineStarts;
    private readonly (int Line, int Column)[]? _places;

    /// <param name="path">The path shown in diagnostics.</param>
    /// <param name="text">The decoded text, without a byte order mark.</param>
    public SourceText(string path, string text)
    {
        Path = path;
        _text = text;
    }

    /// <param name="path">The path shown in diagnostics.</param>
    /// <param name="read">Reads the text when it is first needed; must always return the same text.</param>
    public SourceText(string path, Func<string> read)
    {
        Path = path;
        _read = read;
    }

    /// <summary>A text inside a file; <paramref name="places"/> has the file position of each of its lines.</summary>
    public SourceText(string path, string text, (int Line, int Column)[] places)
        : this(path, text)
    {
        // positions are recorded per line feed, so lines are split only at line feeds here
        _lineStarts = [0, .. text.Select((c, i) => (c, i)).Where(p => p.c == '\n').Select(p => p.i + 1)];
        _places = places;
    }

    public string Path { get; }

    /// <summary>True if the positions are those of the enclosing file.</summary>
    public bool IsEmbedded => _places is not null;

    public string Text => _text ??= _read!();

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Text);

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
        var line = Array.BinarySearch(LineStarts, offset);
        if (line < 0)
            line = ~line - 1;

        return _places is null
            ? (line + 1, offset - LineStarts[line] + 1)
            : (_places[line].Line, offset - LineStarts[line] + _places[line].Column);
    }

    /// <summary>Returns an embedded text with additional text before and after it, on its first and last line.</summary>
    public SourceText Within(string longer, int before) =>
        new(Path, longer, [.. _places!.Select((p, i) => i == 0 ? (p.Line, p.Column - before) : p)]);

    /// <summary>The 0-based offset at which a line begins; a line past the end is the end.</summary>
    public int Offset(int line) => line <= LineStarts.Length ? LineStarts[line - 1] : Text.Length;

    /// <summary>The text of a line, counted from 1, without its line break; empty past the end.</summary>
    public string Line(int line) => Text[Offset(line)..Offset(line + 1)].TrimEnd('\r', '\n');

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
