using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>An active macro call and its position.</summary>
internal sealed class MacroFrame(string macro, ILocated place, MacroFrame? caller)
{
    public string Macro { get; } = macro;

    public SourceSpan Span => place.Span;

    public MacroFrame? Caller { get; } = caller;

    public int Depth { get; } = caller is null ? 1 : caller.Depth + 1;
}
