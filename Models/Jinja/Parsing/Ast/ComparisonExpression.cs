using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>a &lt; b &lt; c</c>: true where each neighbour compares so; stops at the first that does not.</summary>
internal sealed class ComparisonExpression(
    SourceText source,
    int start,
    int length,
    Expression first,
    (ComparisonOperator Operator, Expression Operand)[] rest) : Expression(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        first.Analyze(scope);
        foreach (var (_, operand) in rest)
            operand.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        first.Bind(scope);
        foreach (var (_, operand) in rest)
            operand.Bind(scope);
    }

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
