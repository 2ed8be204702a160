using System.Runtime.CompilerServices;
using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>
/// A node of a template's tree. A tree is built by the parser, bound once to the slots its names live in, and never changes
/// afterwards: any number of renderings may use it at once.
/// </summary>
internal abstract class AstNode(SourceText source, int start, int length) : IPlace
{
    public SourceText Source { get; } = source;

    public int Start { get; } = start;

    public int Length { get; } = length;

    public int End => Start + Length;

    public SourceSpan Span => Source.Span(Start, Length);

    /// <summary>The nodes below, in the order in which they are evaluated; null for one that is left out.</summary>
    protected virtual IEnumerable<AstNode?> Children => [];

    /// <summary>Notes the names that the node reads and assigns in <paramref name="scope"/>, in the order it does so.</summary>
    public virtual void Analyze(Scope scope)
    {
        CheckStack();
        foreach (var child in Children)
            child?.Analyze(scope);
    }

    /// <summary>Gives the node's names their places; a node with a scope of its own makes, analyses and binds that.</summary>
    public virtual void Bind(Scope scope)
    {
        CheckStack();
        foreach (var child in Children)
            child?.Bind(scope);
    }

    /// <summary>
    /// For nodes that make a row of operators a tree as deep as the row is long: the template that holds too deep a tree ends in a
    /// diagnostic (<see cref="Template"/> catches this), not in a stack overflow.
    /// </summary>
    /// <exception cref="InsufficientExecutionStackException">The stack is nearly used up.</exception>
    protected static void CheckStack() => RuntimeHelpers.EnsureSufficientExecutionStack();
}
