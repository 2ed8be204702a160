namespace Models.Diagnostics;

/// <summary>Finds a text, such as a hook or a call in YAML, within its file, so that its errors are reported at lines of the file.</summary>
public static class EmbeddedText
{
    /// <summary>
    /// Returns the text with its positions in the file, or null if the file does not contain it verbatim, because escapes or folded lines change it.
    /// Lines after the first may be indented.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="text">The text to find.</param>
    /// <param name="near">The part of the file to search, from its first line on; the whole file by default.</param>
    /// <param name="isQuoted">True if a quote precedes the text.</param>
    public static SourceText? Find(SourceText file, string text, SourceSpan near = default, bool isQuoted = false)
    {
        var lines = text.Split('\n');
        var first = Array.FindIndex(lines, l => !string.IsNullOrWhiteSpace(l));
        if (first < 0)
            return null;

        var start = near.StartLine > 1 ? file.Offset(near.StartLine) : 0;
        for (var at = file.Text.IndexOf(
            lines[first], start, StringComparison.Ordinal); at >= 0; at = file.Text.IndexOf(lines[first], at + 1, StringComparison.Ordinal))
        {
            if ((!isQuoted || (at > 0 && file.Text[at - 1] is '"' or '\'')) && TryPlace(file, lines, first, at) is { } places)
                return new SourceText(file.Path, text, places);
        }

        return null;
    }

    private static (int Line, int Column)[]? TryPlace(SourceText file, string[] lines, int first, int at)
    {
        var places = new (int Line, int Column)[lines.Length];
        var (line, column) = file.Position(at);
        Array.Fill(places, (line, column), 0, first + 1);
        for (var i = first + 1; i < lines.Length; i++)
        {
            var below = file.Line(line + i - first);
            var content = lines[i].TrimEnd();
            var indent = below.Length - below.TrimStart().Length - (content.Length - content.TrimStart().Length);
            if (content.Length > 0 && (indent < 0 || !below[indent..].StartsWith(content, StringComparison.Ordinal)))
                return null;

            places[i] = (line + i - first, Math.Max(0, indent) + 1);
        }

        return places;
    }
}
