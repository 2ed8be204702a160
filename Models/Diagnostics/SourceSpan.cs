namespace Models.Diagnostics;

/// <summary>
/// A range in a source file. Lines and columns count from 1, as in editors and MSBuild; columns count UTF-16 units; the end is exclusive. A span
/// without a position (<see cref="StartLine"/> 0) refers to a whole file.
/// </summary>
public readonly record struct SourceSpan(string File, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The whole of <paramref name="file"/>, if no narrower position is known.</summary>
    public static SourceSpan WholeFile(string file) => new(file, 0, 0, 0, 0);

    /// <summary>The canonical form tools recognise: <c>file(line,column)</c>, or the file alone.</summary>
    public override string ToString() => StartLine == 0 ? File : $"{File}({StartLine},{StartColumn})";
}
