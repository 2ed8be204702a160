using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>Something with a place in a template, where a mistake can be reported.</summary>
internal interface IPlace
{
    SourceSpan Span { get; }
}
