using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal sealed class NotExpression(SourceText source, int start, int length, Expression operand) : Expression(source, start, length)
{
    public override void Analyze(Scope scope) => operand.Analyze(scope);

    public override void Bind(Scope scope) => operand.Bind(scope);

    public override object? Evaluate(Frame frame) =>
        PythonNumber.Box(!Operators.IsTrue(frame.Renderer, operand, operand.Evaluate(frame)));
}
