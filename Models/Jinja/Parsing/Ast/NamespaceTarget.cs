using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>ns.name</c>: an attribute of a <c>namespace()</c>.</summary>
internal sealed class NamespaceTarget(SourceText source, int start, int length, NameExpression target, string attribute)
    : AssignmentTarget(source, start, length)
{
    public override void AnalyzeAsParameter(Scope scope) => Analyze(scope);

    public override void Analyze(Scope scope) => target.Analyze(scope);

    public override void Bind(Scope scope) => target.Bind(scope);

    public override void Assign(Frame frame, object? value)
    {
        if (target.Evaluate(frame) is not JinjaNamespace space)
            throw frame.Renderer.TypeError(this, $"an attribute can only be set on a namespace(), and '{target.Name}' is none");

        space.Attributes[attribute] = value;
    }
}
