using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class TupleExpression(SourceText source, int start, int length, Expression[] items) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => items;

    public override object? Evaluate(Frame frame)
    {
        var values = new object?[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(frame);
        return new JinjaTuple(values);
    }
}
