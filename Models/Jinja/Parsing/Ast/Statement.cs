using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal abstract class Statement(SourceText source, int start, int length) : AstNode(source, start, length)
{
    public abstract Flow Execute(Frame frame);
}
