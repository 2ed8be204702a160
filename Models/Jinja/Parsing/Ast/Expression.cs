using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

internal abstract class Expression(SourceText source, int start, int length) : AstNode(source, start, length)
{
    public abstract object? Evaluate(Frame frame);
}
