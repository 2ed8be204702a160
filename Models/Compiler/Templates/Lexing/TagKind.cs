namespace Models.Compiler.Templates.Lexing;

internal enum TagKind
{
    None,
    Variable,
    Block,
    Comment,
    LineStatement,
    LineComment,
}
