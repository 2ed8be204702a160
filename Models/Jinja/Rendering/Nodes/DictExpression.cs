using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class DictExpression(SourceText source, int start, int length, (Expression Key, Expression Value)[] entries)
    : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => entries.SelectMany(entry => new[] { entry.Key, entry.Value });

    public override object? Evaluate(Frame frame)
    {
        var dict = new JinjaDict();
        foreach (var (key, value) in entries)
            dict[Operators.Hashable(frame.Renderer, key, key.Evaluate(frame))] = value.Evaluate(frame);
        return dict;
    }
}
