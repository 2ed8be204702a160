using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class ListExpression(SourceText source, int start, int length, Expression[] items) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => items;

    public override object? Evaluate(Frame frame)
    {
        var list = new List<object?>(items.Length);
        foreach (var item in items)
            list.Add(item.Evaluate(frame));
        return new JinjaList(list);
    }
}
