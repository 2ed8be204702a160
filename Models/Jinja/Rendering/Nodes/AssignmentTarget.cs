using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>What a value can be assigned to.</summary>
internal abstract class AssignmentTarget(SourceText source, int start, int length) : AstNode(source, start, length)
{
    /// <summary>Notes the names as given by whoever enters the scope, as a loop's target is.</summary>
    public abstract void AnalyzeAsParameter(Scope scope);

    public abstract void Assign(Frame frame, object? value);
}
