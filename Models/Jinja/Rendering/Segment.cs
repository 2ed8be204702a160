using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>A stretch of output and the stretch of template it came from.</summary>
/// <param name="Start">Offset in the output.</param>
/// <param name="Length">Characters in the output.</param>
/// <param name="Source">The template.</param>
/// <param name="SourceStart">Offset in the template.</param>
/// <param name="SourceLength">Characters in the template; equal to <paramref name="Length"/> for literal text.</param>
/// <param name="IsLiteral">True where output and template are the same text, character by character.</param>
/// <param name="Call">The macro call it was written in.</param>
internal readonly record struct Segment(
    int Start,
    int Length,
    SourceText Source,
    int SourceStart,
    int SourceLength,
    bool IsLiteral,
    MacroFrame? Call)
{
    public Segment MovedBy(int offset) => this with { Start = Start + offset };

    /// <summary>The part within a stretch of output, placed from that stretch's start.</summary>
    public bool TrySlice(int start, int length, out Segment slice)
    {
        var from = Math.Max(Start, start);
        var to = Math.Min(Start + Length, start + length);
        if (from >= to)
        {
            slice = default;
            return false;
        }

        slice = IsLiteral
            ? this with { Start = from - start, Length = to - from, SourceStart = SourceStart + from - Start, SourceLength = to - from }
            : this with { Start = from - start, Length = to - from };
        return true;
    }
}
