using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>value[key]</c></summary>
internal sealed class ItemExpression(SourceText source, int start, int length, Expression target, Expression key)
    : Expression(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        CheckStack();
        target.Analyze(scope);
        key.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        CheckStack();
        target.Bind(scope);
        key.Bind(scope);
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Operators.GetItem(frame.Renderer, this, target.Evaluate(frame), key.Evaluate(frame));
    }
}
