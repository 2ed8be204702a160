using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% set target = value %}</c></summary>
internal sealed class SetStatement(SourceText source, int start, int length, AssignmentTarget target, Expression value)
    : StatementNode(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [value, target];

    public override Flow Execute(Frame frame)
    {
        target.Assign(frame, value.Evaluate(frame));
        return Flow.Next;
    }
}
