using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>value[key]</c></summary>
internal sealed class ItemExpression(SourceText source, int start, int length, Expression target, Expression key)
    : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [target, key];

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Operators.GetItem(frame.Renderer, this, target.Evaluate(frame), key.Evaluate(frame));
    }
}
