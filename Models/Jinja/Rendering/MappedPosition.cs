using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>Where a character of rendered text was written.</summary>
/// <param name="Span">For literal text the word at that place, for the value of an expression the expression.</param>
/// <param name="Macros">The macro calls the text came through, innermost first; empty for text of the template itself.</param>
/// <param name="IsLiteral">True where the text was written as it is, false where an expression produced it.</param>
public sealed record MappedPosition(SourceSpan Span, IReadOnlyList<MacroCall> Macros, bool IsLiteral);

/// <summary>One macro call on the way to a piece of text.</summary>
/// <param name="Macro">The macro's name.</param>
/// <param name="Span">The call.</param>
public sealed record MacroCall(string Macro, SourceSpan Span);
