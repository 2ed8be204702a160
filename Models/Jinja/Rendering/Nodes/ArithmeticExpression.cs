using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class ArithmeticExpression(
    SourceText source,
    int start,
    int length,
    ArithmeticOperator operation,
    Expression left,
    Expression right) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [left, right];

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        var leftValue = left.Evaluate(frame);
        var rightValue = right.Evaluate(frame);
        ILocated place = leftValue is Undefined ? left : rightValue is Undefined ? right : this;
        return Arithmetic.Compute(frame.Renderer, place, operation, leftValue, rightValue);
    }
}
