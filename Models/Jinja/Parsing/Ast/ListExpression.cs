using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal sealed class ListExpression(SourceText source, int start, int length, Expression[] items) : Expression(source, start, length)
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
        var list = new List<object?>(items.Length);
        foreach (var item in items)
            list.Add(item.Evaluate(frame));
        return new JinjaList(list);
    }
}
