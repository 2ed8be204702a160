using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>Something that has a position in a template, at which errors are reported.</summary>
internal interface ILocated
{
    SourceSpan Span { get; }
}
