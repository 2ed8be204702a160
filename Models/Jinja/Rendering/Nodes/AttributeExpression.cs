using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>value.name</c></summary>
internal sealed class AttributeExpression(SourceText source, int start, int length, Expression target, string name)
    : Expression(source, start, length)
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    protected override IEnumerable<AstNode?> Children => [Target];

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Operators.GetAttribute(frame.Renderer, this, Target.Evaluate(frame), Name);
    }
}
