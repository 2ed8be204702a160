using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>a &lt; b &lt; c</c>: true if every neighbouring pair satisfies its operator; stops at the first that does not.
internal sealed class ComparisonExpression(
    SourceText source,
    int start,
    int length,
    Expression first,
    (ComparisonOperator Operator, Expression Operand)[] rest) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [first, .. rest.Select(r => r.Operand)];

    public override object? Evaluate(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (operation, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            if (!Comparison.Holds(frame.Renderer, this, operation, left, right))
                return PythonNumber.False;
            left = right;
        }

        return PythonNumber.True;
    }
}
