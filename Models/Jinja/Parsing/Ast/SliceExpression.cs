using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

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
    public override void Analyze(Scope scope)
    {
        CheckStack();
        target.Analyze(scope);
        from?.Analyze(scope);
        to?.Analyze(scope);
        step?.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        CheckStack();
        target.Bind(scope);
        from?.Bind(scope);
        to?.Bind(scope);
        step?.Bind(scope);
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Slicing.Slice(frame.Renderer, this, target.Evaluate(frame), from?.Evaluate(frame), to?.Evaluate(frame), step?.Evaluate(frame));
    }
}
