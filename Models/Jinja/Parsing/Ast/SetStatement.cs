using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>{% set target = value %}</c></summary>
internal sealed class SetStatement(SourceText source, int start, int length, AssignmentTarget target, Expression value)
    : Statement(source, start, length)
{
    public override void Analyze(Scope scope)
    {
        value.Analyze(scope);
        target.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        value.Bind(scope);
        target.Bind(scope);
    }

    public override Flow Execute(Frame frame)
    {
        target.Assign(frame, value.Evaluate(frame));
        return Flow.Next;
    }
}
