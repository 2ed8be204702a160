using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>{% with a = 1, b = 2 %}</c>: defines names for the block only. Also used for a block that only opens a scope.
internal sealed class WithStatement(
    SourceText source,
    int start,
    int length,
    (AssignmentTarget Target, Expression Value)[] assignments,
    Body body) : StatementNode(source, start, length)
{
    private ScopeEntry[] _entries = [];

    public override void Analyze(Scope scope)
    {
        foreach (var (_, value) in assignments)
            value.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        var inner = scope.Inner();
        foreach (var (target, value) in assignments)
        {
            value.Bind(scope);
            target.AnalyzeAsParameter(inner);
        }

        body.Analyze(inner);
        foreach (var (target, _) in assignments)
            target.Bind(inner);
        body.Bind(inner);
        _entries = inner.Entries();
    }

    public override Flow Execute(Frame frame)
    {
        var values = new object?[assignments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = assignments[i].Value.Evaluate(frame);
        frame.Enter(_entries);
        for (var i = 0; i < values.Length; i++)
            assignments[i].Target.Assign(frame, values[i]);
        return body.Execute(frame);
    }
}
