using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>-value</c>, <c>+value</c></summary>
internal sealed class SignExpression(SourceText source, int start, int length, bool isNegative, Expression operand)
    : Expression(source, start, length)
{
    public override void Analyze(Scope scope) => operand.Analyze(scope);

    public override void Bind(Scope scope) => operand.Bind(scope);

    public override object? Evaluate(Frame frame) =>
        Arithmetic.Sign(frame.Renderer, this, isNegative, operand.Evaluate(frame));
}
