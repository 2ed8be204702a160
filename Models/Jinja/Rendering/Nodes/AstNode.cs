using System.Runtime.CompilerServices;
using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>
/// A node of a template's syntax tree. The parser builds the tree, binds its names to slots once, and never changes it afterwards: any number of
/// renderings may use it at the same time.
/// </summary>
internal abstract class AstNode(SourceText source, int start, int length) : ILocated
{
    public SourceText Source { get; } = source;

    public int Start { get; } = start;

    public int Length { get; } = length;

    public int End => Start + Length;

    public SourceSpan Span => Source.Span(Start, Length);

    /// <summary>The child nodes in evaluation order; null for an optional node that is absent.</summary>
    protected virtual IEnumerable<AstNode?> Children => [];

    /// <summary>Records the names that the node reads and assigns in <paramref name="scope"/>, in evaluation order.</summary>
    public virtual void Analyze(Scope scope)
    {
        CheckStack();
        foreach (var child in Children)
            child?.Analyze(scope);
    }

    /// <summary>Resolves the node's names to slots. A node with its own scope creates, analyses and binds it.</summary>
    public virtual void Bind(Scope scope)
    {
        CheckStack();
        foreach (var child in Children)
            child?.Bind(scope);
    }

    /// <summary>
    /// Guards nodes whose chains become trees as deep as the chain is long: too deep a tree ends in a diagnostic (<see cref="Template"/> catches this
    /// exception), not in a stack overflow.
    /// </summary>
    /// <exception cref="InsufficientExecutionStackException">The stack is nearly exhausted.</exception>
    protected static void CheckStack() => RuntimeHelpers.EnsureSufficientExecutionStack();
}
