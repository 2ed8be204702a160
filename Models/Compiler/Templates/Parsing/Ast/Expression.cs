using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Templates.Parsing.Ast;

internal abstract class Expression(SourceText source, int start, int length) : AstNode(source, start, length)
{
    public abstract object? Evaluate(Frame frame);
}
