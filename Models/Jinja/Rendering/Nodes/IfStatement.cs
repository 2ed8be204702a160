using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% if %}</c> with its <c>elif</c>s and <c>else</c>.</summary>
internal sealed class IfStatement(
    SourceText source,
    int start,
    int length,
    (Expression Condition, Body Body)[] branches,
    Body otherwise) : StatementNode(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        scope.BeginBranch();
        branches[0].Condition.Analyze(scope);
        scope.BeginCondition();
        branches[0].Body.Analyze(scope);
        foreach (var (condition, body) in branches.AsSpan(1))
        {
            condition.Analyze(scope);
            body.Analyze(scope);
        }

        otherwise.Analyze(scope);
        scope.EndCondition();
        scope.EndBranch();
    }

    public override void Bind(Scope scope)
    {
        foreach (var (condition, body) in branches)
        {
            condition.Bind(scope);
            body.Bind(scope);
        }

        otherwise.Bind(scope);
    }

    public override Flow Execute(Frame frame)
    {
        foreach (var (condition, body) in branches)
        {
            if (Operators.IsTrue(frame.Renderer, condition, condition.Evaluate(frame)))
                return body.Execute(frame);
        }

        return otherwise.Execute(frame);
    }
}
