using Models.Compiler.Diagnostics;

namespace Models.Compiler.Templates.Rendering;

/// <summary>What a host function may know about the call being made.</summary>
public sealed class CallContext(SourceSpan span)
{
    /// <summary>The call expression in its template.</summary>
    public SourceSpan Span { get; } = span;
}
