using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal sealed class ArithmeticExpression(
    SourceText source,
    int start,
    int length,
    ArithmeticOperator operation,
    Expression left,
    Expression right) : Expression(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        CheckStack();
        left.Analyze(scope);
        right.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        CheckStack();
        left.Bind(scope);
        right.Bind(scope);
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        var leftValue = left.Evaluate(frame);
        var rightValue = right.Evaluate(frame);
        IPlace place = leftValue is Undefined ? left : rightValue is Undefined ? right : this;
        return Arithmetic.Compute(frame.Renderer, place, operation, leftValue, rightValue);
    }
}
