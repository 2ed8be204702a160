using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>value[from:to:step]</c></summary>
internal sealed class SliceExpression(
    SourceText source,
    int start,
    int length,
    Expression target,
    Expression? from,
    Expression? to,
    Expression? step) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [target, from, to, step];

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Slicing.Slice(frame.Renderer, this, target.Evaluate(frame), from?.Evaluate(frame), to?.Evaluate(frame), step?.Evaluate(frame));
    }
}
