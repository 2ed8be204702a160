using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>{% break %}</c>, <c>{% continue %}</c></summary>
internal sealed class JumpStatement(SourceText source, int start, int length, Flow flow) : Statement(source, start, length)
{
    public override Flow Execute(Frame frame) => flow;
}
