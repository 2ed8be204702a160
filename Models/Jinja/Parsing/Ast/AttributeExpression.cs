using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>value.name</c></summary>
internal sealed class AttributeExpression(SourceText source, int start, int length, Expression target, string name)
    : Expression(source, start, length)
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    public override void Analyze(Scope scope)
    {
        CheckStack();
        Target.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        CheckStack();
        Target.Bind(scope);
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Operators.GetAttribute(frame.Renderer, this, Target.Evaluate(frame), Name);
    }
}
