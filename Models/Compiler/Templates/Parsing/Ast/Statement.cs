using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Templates.Parsing.Ast;

internal abstract class Statement(SourceText source, int start, int length) : AstNode(source, start, length)
{
    public abstract Flow Execute(Frame frame);
}
