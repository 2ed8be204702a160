using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Templates.Parsing.Ast;

/// <summary><c>{% set target | filter %}text{% endset %}</c></summary>
internal sealed class SetBlockStatement(
    SourceText source,
    int start,
    int length,
    AssignmentTarget target,
    FilterChain filters,
    Body body) : Statement(source, start, length)
{
    private ScopeEntry[] _entries = [];

    public override void Analyze(Scope scope)
    {
        filters.Analyze(scope);
        target.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        target.Bind(scope);
        filters.Bind(scope);
        var inner = scope.Inner();
        body.Analyze(inner);
        body.Bind(inner);
        _entries = inner.Entries();
    }

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        var outer = renderer.BeginCapture();
        frame.Enter(_entries);
        var flow = body.Execute(frame);
        if (flow != Flow.Next)
        {
            renderer.DropCapture(outer);
            return flow;
        }

        target.Assign(frame, filters.Apply(frame, renderer.EndCapture(outer)));
        return Flow.Next;
    }
}
