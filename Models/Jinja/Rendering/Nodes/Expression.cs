using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal abstract class Expression(SourceText source, int start, int length) : AstNode(source, start, length)
{
    public abstract object? Evaluate(Frame frame);
}
