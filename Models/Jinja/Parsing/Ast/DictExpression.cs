using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal sealed class DictExpression(SourceText source, int start, int length, (Expression Key, Expression Value)[] entries)
    : Expression(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        foreach (var (key, value) in entries)
        {
            key.Analyze(scope);
            value.Analyze(scope);
        }
    }

    public override void Bind(Scope scope)
    {
        foreach (var (key, value) in entries)
        {
            key.Bind(scope);
            value.Bind(scope);
        }
    }

    public override object? Evaluate(Frame frame)
    {
        var dict = new JinjaDict();
        foreach (var (key, value) in entries)
            dict[Operators.Hashable(frame.Renderer, key, key.Evaluate(frame))] = value.Evaluate(frame);
        return dict;
    }
}
