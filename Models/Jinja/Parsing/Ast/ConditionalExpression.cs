using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>value if condition else otherwise</c>; without an else it can be undefined.</summary>
internal sealed class ConditionalExpression(
    SourceText source,
    int start,
    int length,
    Expression condition,
    Expression value,
    Expression? otherwise) : Expression(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        CheckStack();
        scope.BeginBranch();
        condition.Analyze(scope);
        value.Analyze(scope);
        otherwise?.Analyze(scope);
        scope.EndBranch();
    }

    public override void Bind(Scope scope)
    {
        CheckStack();
        condition.Bind(scope);
        value.Bind(scope);
        otherwise?.Bind(scope);
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        if (Operators.IsTrue(frame.Renderer, condition, condition.Evaluate(frame)))
            return value.Evaluate(frame);

        return otherwise is null
            ? new Undefined("if", "the inline 'if' is false and has no 'else'") { IsPrintable = true }
            : otherwise.Evaluate(frame);
    }
}
