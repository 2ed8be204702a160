using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>and</c>, <c>or</c>: the value of the operand that decided.</summary>
internal sealed class LogicalExpression(SourceText source, int start, int length, bool isAnd, Expression left, Expression right)
    : Expression(source, start, length)
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
        var value = left.Evaluate(frame);
        return Operators.IsTrue(frame.Renderer, left, value) == isAnd ? right.Evaluate(frame) : value;
    }
}
