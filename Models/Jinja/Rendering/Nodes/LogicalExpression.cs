using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>and</c>, <c>or</c>: returns the value of the operand that decided the result.
internal sealed class LogicalExpression(SourceText source, int start, int length, bool isAnd, Expression left, Expression right)
    : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [left, right];

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        var value = left.Evaluate(frame);
        return Operators.IsTrue(frame.Renderer, left, value) == isAnd ? right.Evaluate(frame) : value;
    }
}
