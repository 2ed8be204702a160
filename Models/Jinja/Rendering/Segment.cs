using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>A range of output and the template range it came from.</summary>
/// <param name="Start">Offset in the output.</param>
/// <param name="Length">Characters in the output.</param>
/// <param name="Source">The template.</param>
/// <param name="SourceStart">Offset in the template.</param>
/// <param name="SourceLength">Characters in the template; equal to <paramref name="Length"/> for literal text.</param>
/// <param name="IsLiteral">True if output and template have the same text, character by character.</param>
/// <param name="Call">The macro call that wrote it.</param>
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

    /// <summary>Returns the part within a range of output, relative to the start of that range.</summary>
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
