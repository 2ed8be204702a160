using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% do expression %}</c></summary>
internal sealed class DoStatement(SourceText source, int start, int length, Expression value) : StatementNode(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [value];

    public override Flow Execute(Frame frame)
    {
        value.Evaluate(frame);
        return Flow.Next;
    }
}
