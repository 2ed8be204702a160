namespace Models.Jinja.Lexing;

/// <summary>One token and its place in the source.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Offset in the source.</param>
/// <param name="Length">Characters in the source.</param>
/// <param name="Text">A name's or number's spelling, a string's value, the text of data; else null.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, string? Text = null)
{
    public int End => Start + Length;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;
}
