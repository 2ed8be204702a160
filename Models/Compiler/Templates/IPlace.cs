using Models.Compiler.Diagnostics;

namespace Models.Compiler.Templates;

/// <summary>Something with a place in a template, where a mistake can be reported.</summary>
internal interface IPlace
{
    SourceSpan Span { get; }
}
