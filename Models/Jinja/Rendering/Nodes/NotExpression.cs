using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class NotExpression(SourceText source, int start, int length, Expression operand) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [operand];

    public override object? Evaluate(Frame frame) =>
        PythonNumber.Box(!Operators.IsTrue(frame.Renderer, operand, operand.Evaluate(frame)));
}
