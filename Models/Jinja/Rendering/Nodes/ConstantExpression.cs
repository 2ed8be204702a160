using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class ConstantExpression(SourceText source, int start, int length, object? value) : Expression(source, start, length)
{
    public object? Value { get; } = value;

    public override object? Evaluate(Frame frame) => Value;
}
