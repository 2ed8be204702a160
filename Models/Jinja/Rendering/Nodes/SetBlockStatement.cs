using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% set target | filter %}text{% endset %}</c></summary>
internal sealed class SetBlockStatement(SourceText source, int start, int length, AssignmentTarget target, CapturedBody body)
    : StatementNode(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        body.Analyze(scope);
        target.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        target.Bind(scope);
        body.Bind(scope);
    }

    public override Flow Execute(Frame frame)
    {
        var flow = body.Execute(frame, out var value);
        if (flow == Flow.Next)
            target.Assign(frame, value);

        return flow;
    }
}
