namespace Models.Jinja.Lexing;

internal enum TagKind
{
    None,
    Variable,
    Block,
    Comment,
    LineStatement,
    LineComment,
}
