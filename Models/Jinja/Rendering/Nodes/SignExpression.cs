using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>-value</c>, <c>+value</c></summary>
internal sealed class SignExpression(SourceText source, int start, int length, bool isNegative, Expression operand)
    : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [operand];

    public override object? Evaluate(Frame frame) =>
        Arithmetic.Sign(frame.Renderer, this, isNegative, operand.Evaluate(frame));
}
