namespace Models.Jinja.Lexing;

/// <summary>One token and its position in the source.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Offset in the source.</param>
/// <param name="Length">Characters in the source.</param>
/// <param name="Text">The text of a name or number, the value of a string, or the text between tags; otherwise null.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, string? Text = null)
{
    public int End => Start + Length;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;
}
