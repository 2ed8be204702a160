using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal abstract class StatementNode(SourceText source, int start, int length) : AstNode(source, start, length)
{
    public abstract Flow Execute(Frame frame);
}
