using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal sealed class TupleExpression(SourceText source, int start, int length, Expression[] items) : Expression(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        foreach (var item in items)
            item.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        foreach (var item in items)
            item.Bind(scope);
    }

    public override object? Evaluate(Frame frame)
    {
        var values = new object?[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(frame);
        return new JinjaTuple(values);
    }
}
