using Models.Jinja.Lexing;

namespace Models.Jinja.Parsing;

/// <summary>The names of token kinds in "expected ..." messages.</summary>
internal static class TokenNames
{
    public static string Of(TokenKind kind) => kind switch
    {
        TokenKind.Name => "a name",
        TokenKind.Text => "a string",
        TokenKind.Integer or TokenKind.Float => "a number",
        TokenKind.BlockEnd or TokenKind.VariableEnd => "the end of the tag",
        TokenKind.LeftParenthesis => "'('",
        TokenKind.RightParenthesis => "')'",
        TokenKind.LeftBracket => "'['",
        TokenKind.RightBracket => "']'",
        TokenKind.LeftBrace => "'{'",
        TokenKind.RightBrace => "'}'",
        TokenKind.Assign => "'='",
        TokenKind.Colon => "':'",
        TokenKind.Comma => "','",
        TokenKind.Dot => "'.'",
        TokenKind.End => "the end of the template",
        _ => kind.ToString(),
    };
}
