using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>ns.name</c>: an attribute of a <c>namespace()</c>.</summary>
internal sealed class NamespaceTarget(SourceText source, int start, int length, NameExpression target, string attribute)
    : AssignmentTarget(source, start, length)
{
    public override void AnalyzeAsParameter(Scope scope) => Analyze(scope);

    protected override IEnumerable<AstNode?> Children => [target];

    public override void Assign(Frame frame, object? value)
    {
        if (target.Evaluate(frame) is not JinjaNamespace space)
            throw frame.Renderer.TypeError(this, $"an attribute can only be set on a namespace(), and '{target.Name}' is none");

        space.Attributes[attribute] = value;
    }
}
