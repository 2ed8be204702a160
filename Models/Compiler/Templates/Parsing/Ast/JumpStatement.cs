using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Templates.Parsing.Ast;

/// <summary><c>{% break %}</c>, <c>{% continue %}</c></summary>
internal sealed class JumpStatement(SourceText source, int start, int length, Flow flow) : Statement(source, start, length)
{
    public override Flow Execute(Frame frame) => flow;
}
