using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Templates.Parsing.Ast;

internal abstract class Statement(SourceText source, int start, int length) : AstNode(source, start, length)
{
    /// <returns>False where a <c>return</c> ended the macro: nothing after it is run.</returns>
    public abstract bool Execute(Frame frame);
}
