using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>value if condition else otherwise</c>; without an else the result can be undefined.
internal sealed class ConditionalExpression(
    SourceText source,
    int start,
    int length,
    Expression condition,
    Expression value,
    Expression? otherwise) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [condition, value, otherwise];

    public override void Analyze(Scope scope)
    {
        scope.BeginBranch();
        base.Analyze(scope);
        scope.EndBranch();
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        if (Operators.IsTrue(frame.Renderer, condition, condition.Evaluate(frame)))
            return value.Evaluate(frame);

        return otherwise is null
            ? new Undefined("if", "the inline 'if' is false and has no 'else'") { IsPrintable = true }
            : otherwise.Evaluate(frame);
    }
}
