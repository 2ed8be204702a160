using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>The left-hand side of an assignment.</summary>
internal abstract class AssignmentTarget(SourceText source, int start, int length) : AstNode(source, start, length)
{
    /// <summary>Declares the names as parameters: their values are set on entry to the scope, as for a loop's target.</summary>
    public abstract void AnalyzeAsParameter(Scope scope);

    public abstract void Assign(Frame frame, object? value);
}
