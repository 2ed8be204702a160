using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>The template position of a character in rendered text.</summary>
/// <param name="Span">The word at that position for literal text; the expression for a printed value.</param>
/// <param name="Macros">The macro calls that produced the text, innermost first; empty for text of the template itself.</param>
/// <param name="IsLiteral">True for literal template text, false for the value of an expression.</param>
public sealed record MappedPosition(SourceSpan Span, IReadOnlyList<MacroCall> Macros, bool IsLiteral);

/// <summary>One of the macro calls that produced a piece of text.</summary>
/// <param name="Macro">The macro's name.</param>
/// <param name="Span">The call.</param>
public sealed record MacroCall(string Macro, SourceSpan Span);
