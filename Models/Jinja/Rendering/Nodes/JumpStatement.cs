using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% break %}</c>, <c>{% continue %}</c></summary>
internal sealed class JumpStatement(SourceText source, int start, int length, Flow flow) : StatementNode(source, start, length)
{
    public override Flow Execute(Frame frame) => flow;
}
